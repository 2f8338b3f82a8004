package io.tasuki.tour;

import java.time.Duration;

import io.tasuki.Backoff;
import io.tasuki.BackoffType;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.annotation.RetryBackoff;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the code of docs/errors-and-retries.md. */
class ErrorsAndRetriesTourIntegrationTests {

	private final TourApplication application = new TourApplication();

	@Test
	@DisplayName("B17: a job is dead at once when its handler throws what noRetryFor names")
	void isDeadAtOnceAfterWhatIsNotRetried() {
		this.application.run(Handlers.class, (context) -> {
			JobId id = context.getBean(JobClient.class).enqueue(new ChargeCard("expired", 500)).id();
			FoundJob job = await(context, id, JobState.DEAD);
			assertThat(job.job().attempt()).isOne();
			assertThat(job.reason()).isEqualTo("%s is not retried, by noRetryFor %s: the card has expired"
				.formatted(CardExpiredException.class.getName(), BankException.class.getName()));
			assertThat(job.errors()).singleElement().satisfies((error) -> {
				assertThat(error.type()).isEqualTo(CardExpiredException.class.getName());
				assertThat(error.stackTrace()).contains("Handlers.charge");
			});
		});
	}

	@Test
	@DisplayName("B17: a job is tried again when its handler throws what retryFor names, or what no rule names")
	void isTriedAgainAfterAnythingElse() {
		this.application.run(Handlers.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			for (String card : new String[] { "busy", "unknown" }) {
				JobId id = client.enqueue(new ChargeCard(card, 500)).id();
				awaitErrors(context, id, 1);
				assertThat(client.find(id)).hasValueSatisfying((job) -> {
					assertThat(job.state()).isEqualTo(JobState.AVAILABLE);
					assertThat(job.job().attempt()).isOne();
				});
			}
		}, "tasuki.retry.initial-delay=1h");
	}

	@Test
	@DisplayName("B17: a transactional handler that throws what is not retried leaves a dead job and no writes")
	void undoesTheWritesOfATransactionalHandlerWhoseJobIsDead() {
		this.application.run(Handlers.class, (context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("create table booking (seat text)");
			JobId id = context.getBean(JobClient.class).enqueue(new BookSeat("12a")).id();
			FoundJob job = await(context, id, JobState.DEAD);
			assertThat(job.job().attempt()).isOne();
			assertThat(job.reason()).contains("is not retried").endsWith("12a is taken");
			assertThat(jdbc.queryForObject("select count(*) from booking", Integer.class)).isZero();
		});
	}

	@Test
	@DisplayName("B39: a handler's own backoff, by annotation or by bean, goes before the queue's and the common one")
	void waitsAsTheHandlerSays() {
		this.application.run(Handlers.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			JobId annotated = client.enqueue(new Remind("ada")).id();
			JobId named = client.enqueue(new CallBack("ada")).id();
			assertThat(waitOf(context, annotated)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(11));
			assertThat(waitOf(context, named)).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
		}, "tasuki.retry.initial-delay=1d", "tasuki.retry.max-delay=1d",
				"tasuki.queues.default.backoff.initial-delay=2d", "tasuki.queues.default.backoff.max-delay=2d");
	}

	@Test
	@DisplayName("B39: a queue's backoff goes before the common one, from which it takes what it does not say")
	void waitsAsTheQueueSays() {
		this.application.run(Handlers.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			JobId inBank = client.enqueue(new ChargeCard("busy", 500)).id();
			JobId elsewhere = client.enqueue(new Wave("ada")).id();
			assertThat(waitOf(context, inBank)).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
			assertThat(waitOf(context, elsewhere)).isBetween(Duration.ofSeconds(299), Duration.ofSeconds(301));
			dueNow(context, inBank);
			awaitErrors(context, inBank, 2);
			// Two squared, as the common type says.
			assertThat(waitOf(context, inBank)).isBetween(Duration.ofSeconds(119), Duration.ofSeconds(121));
		}, "tasuki.retry.type=polynomial", "tasuki.retry.initial-delay=5m", "tasuki.retry.jitter=0",
				"tasuki.queues.bank.backoff.initial-delay=30s");
	}

	private static void dueNow(ApplicationContext context, JobId id) {
		context.getBean(JdbcTemplate.class)
			.update("update tasuki.job set run_at = clock_timestamp() where id = ?", id.value());
	}

	/** By the database's clock alone: both times were written in one statement. */
	private static Duration waitOf(ApplicationContext context, JobId id) {
		awaitErrors(context, id, 1);
		FoundJob job = context.getBean(JobClient.class).find(id).orElseThrow();
		return Duration.between(job.errors().get(job.errors().size() - 1).at(), job.job().runAt());
	}

	private static void awaitErrors(ApplicationContext context, JobId id, int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> context.getBean(JobClient.class).find(id).orElseThrow().errors().size() >= count);
	}

	private static FoundJob await(ApplicationContext context, JobId id, JobState state) {
		JobClient client = context.getBean(JobClient.class);
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.find(id).orElseThrow().state() == state);
		return client.find(id).orElseThrow();
	}

	record ChargeCard(String card, int cents) {
	}

	record BookSeat(String seat) {
	}

	record Remind(String user) {
	}

	record CallBack(String user) {
	}

	record Wave(String user) {
	}

	static class BankException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		BankException(String message) {
			super(message);
		}

	}

	static class CardExpiredException extends BankException {

		private static final long serialVersionUID = 1L;

		CardExpiredException(String message) {
			super(message);
		}

	}

	static class BankIsBusyException extends BankException {

		private static final long serialVersionUID = 1L;

		BankIsBusyException(String message) {
			super(message);
		}

	}

	static class SeatTakenException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		SeatTakenException(String message) {
			super(message);
		}

	}

	static class Bank {

		void charge(String card, int cents) {
			switch (card) {
				case "expired" -> throw new CardExpiredException("the card has expired");
				case "busy" -> throw new BankIsBusyException("call again later");
				default -> throw new IllegalStateException("no %d cents on %s".formatted(cents, card));
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Bank.class)
	static class Handlers {

		private final Bank bank;

		private final JdbcTemplate jdbc;

		Handlers(Bank bank, JdbcTemplate jdbc) {
			this.bank = bank;
			this.jdbc = jdbc;
		}

		// tag::no-retry[]
		@JobHandler(queue = "bank", noRetryFor = BankException.class, retryFor = BankIsBusyException.class)
		void charge(ChargeCard job) {
			this.bank.charge(job.card(), job.cents());
		}
		// end::no-retry[]

		@Transactional
		@JobHandler(noRetryFor = SeatTakenException.class)
		public void book(BookSeat job) {
			this.jdbc.update("insert into booking values (?)", job.seat());
			throw new SeatTakenException(job.seat() + " is taken");
		}

		// tag::annotation[]
		@JobHandler
		@RetryBackoff(type = BackoffType.LINEAR, initialDelay = "10s", increment = "30s", maxDelay = "5m", jitter = 0)
		void remind(Remind job) {
			throw new IllegalStateException("%s does not answer".formatted(job.user()));
		}
		// end::annotation[]

		// tag::bean[]
		@Bean(defaultCandidate = false)
		static Backoff callBackLater() {
			return (failedAttempt) -> (failedAttempt < 3) ? Duration.ofMinutes(1) : Duration.ofHours(8);
		}

		@JobHandler(backoff = "callBackLater")
		void callBack(CallBack job) {
			throw new IllegalStateException("%s is engaged".formatted(job.user()));
		}
		// end::bean[]

		@JobHandler
		void wave(Wave job) {
			throw new IllegalStateException("%s looks away".formatted(job.user()));
		}

	}

}

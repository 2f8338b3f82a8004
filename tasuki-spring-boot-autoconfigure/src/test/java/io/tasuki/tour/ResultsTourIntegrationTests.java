package io.tasuki.tour;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import io.tasuki.FoundJob;
import io.tasuki.Handler;
import io.tasuki.JobClient;
import io.tasuki.JobEndedException;
import io.tasuki.JobId;
import io.tasuki.JobNotFoundException;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.worker.HandlerRegistration;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ResultsTourIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TourApplication application = new TourApplication();

	@Test
	void waitsForWhatAHandlerReturns() { // B56
		withWorker((jobs) -> {
			// tag::await[]
			JobId id = jobs.enqueue(new CountWords("to be or not to be")).id();
			Optional<WordCount> count = jobs.awaitResult(id, WordCount.class, Duration.ofSeconds(30));
			// end::await[]
			assertThat(count).contains(new WordCount(6, "to"));
		});
	}

	@Test
	void knowsTheResultOfAJobThatEndedBeforeTheWait() { // B56
		withWorker((jobs) -> {
			JobId id = jobs.enqueue(new CountWords("a a b")).id();
			assertThat(jobs.await(id, LONG)).get().extracting(FoundJob::state).isEqualTo(JobState.SUCCEEDED);
			assertThat(jobs.awaitResult(id, WordCount.class, Duration.ZERO)).contains(new WordCount(3, "a"));
			assertThat(jobs.find(id).orElseThrow().result()).isEqualTo("{\"words\": 3, \"mostFrequent\": \"a\"}");
		});
	}

	@Test
	void keepsTheResultOfATransactionalHandler() { // B56
		withWorker((jobs) -> {
			JobId id = jobs.enqueue(JobRequest.ofKind("answer")).id();
			assertThat(jobs.awaitResult(id, Integer.class, LONG)).contains(42);
		});
	}

	@Test
	void keepsTheResultsOfManyJobsApart() { // B56
		withWorker((jobs) -> {
			JobId none = jobs.enqueue(JobRequest.ofKind("none")).id();
			JobId json = jobs.enqueue(JobRequest.ofKind("json")).id();
			for (int words = 1; words < 50; words++) {
				JobId id = jobs.enqueue(new CountWords("x ".repeat(words))).id();
				assertThat(jobs.awaitResult(id, WordCount.class, LONG)).contains(new WordCount(words, "x"));
			}
			assertThat(jobs.awaitResult(json, int[].class, LONG).orElseThrow()).containsExactly(1, 2);
			assertThat(jobs.await(none, LONG).orElseThrow().result()).isNull();
		});
	}

	@Test
	void saysWhyThereIsNoResult() { // B56
		withWorker((jobs) -> {
			JobId dead = jobs.enqueue(JobRequest.ofKind("fails")).id();
			assertThatExceptionOfType(JobEndedException.class)
				.isThrownBy(() -> jobs.awaitResult(dead, String.class, LONG))
				.withMessage("There is no result of job %s of kind 'fails' in queue 'default' (attempt 1): it is dead. "
					.formatted(dead) + "No such customer");
			JobId none = jobs.enqueue(JobRequest.ofKind("none")).id();
			assertThatIllegalStateException().isThrownBy(() -> jobs.awaitResult(none, String.class, LONG))
				.withMessageContaining("of kind 'none'")
				.withMessageEndingWith(
						"kept no result: it returned none, or its @JobHandler lacks 'keepResult = true'");
			assertThatExceptionOfType(JobNotFoundException.class).isThrownBy(() -> jobs.await(new JobId(987_654), LONG))
				.withMessageStartingWith("Job 987654 is not there");
		});
	}

	@Test
	void givesUpAfterTheTimeout() { // B56
		withWorker((jobs) -> {
			JobId id = jobs.enqueue(JobRequest.ofKind("slow")).id();
			assertThat(jobs.await(id, Duration.ofMillis(20))).isEmpty();
			Handlers.goOn.countDown();
			assertThat(jobs.await(id, LONG)).isPresent();
		});
	}

	@Test
	void refusesToWaitInsideATransaction() { // B56
		this.application.run(Handlers.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			context.getBean(TransactionTemplate.class).executeWithoutResult((status) -> {
				JobId id = jobs.enqueue(JobRequest.ofKind("answer")).id();
				assertThatIllegalStateException().isThrownBy(() -> jobs.await(id, LONG))
					.withMessage("Job %s cannot be waited for inside a transaction on the queue's data source, which "
						.formatted(id) + "might hold back what it waits for. Wait after the commit");
			});
		});
	}

	@Test
	void failsAnAttemptWhoseResultCannotBeKept() { // B56
		withWorker((jobs) -> {
			JobId id = jobs.enqueue(JobRequest.ofKind("huge").withMaxAttempts(1)).id();
			FoundJob job = jobs.await(id, LONG).orElseThrow();
			assertThat(job.state()).isEqualTo(JobState.DEAD);
			assertThat(job.reason()).contains("has 2000002 characters as JSON, more than the 1048576 that are kept");
		});
	}

	private void withWorker(Wait test) {
		this.application.run(Handlers.class, (context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			try {
				test.run(jobs);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	record CountWords(String text) {

	}

	record WordCount(int words, String mostFrequent) {

	}

	private interface Wait {

		void run(JobClient jobs) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		static final CountDownLatch goOn = new CountDownLatch(1);

		@Bean
		Words words() {
			return new Words();
		}

		@Bean
		HandlerRegistration json() {
			Handler handler = (context) -> JobResult.done("[1, 2]");
			return HandlerRegistration.of("json", handler);
		}

	}

	static class Words {

		// tag::keep[]
		@JobHandler(keepResult = true)
		WordCount count(CountWords job) {
			String[] words = job.text().trim().split(" ");
			return new WordCount(words.length, words[0]);
		}
		// end::keep[]

		@JobHandler(value = "answer", keepResult = true)
		@Transactional
		public int answer() {
			return 42;
		}

		@JobHandler(value = "huge", keepResult = true)
		String huge() {
			return "x".repeat(2_000_000);
		}

		@JobHandler("none")
		void none() {
		}

		@JobHandler("slow")
		void slow() throws InterruptedException {
			Handlers.goOn.await();
		}

		@JobHandler("fails")
		JobResult fails() {
			return JobResult.fail("No such customer");
		}

	}

}

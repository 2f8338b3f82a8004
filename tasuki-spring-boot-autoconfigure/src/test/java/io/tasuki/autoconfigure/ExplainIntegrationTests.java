package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobExplanation;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobReason;
import io.tasuki.JobReason.Scope;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.QueueOperations;
import io.tasuki.annotation.JobHandler;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Why a job does not run, as an application is told. */
@Timeout(120)
class ExplainIntegrationTests {

	private static final String NO_WORKER = "tasuki.worker.enabled=false";

	private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

	private final Database database = TestPostgres.shared().freshDatabase();

	private final Handlers handlers = new Handlers();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
				TasukiOperationsAutoConfiguration.class))
		.withBean(Handlers.class, () -> this.handlers)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(), "tasuki.worker.name=till",
				"tasuki.worker.lease-duration=3s", "tasuki.worker.poll-interval=200ms",
				"tasuki.worker.shutdown-timeout=2s", "tasuki.queues.mail.concurrency=16",
				"tasuki.retry.initial-delay=1h");

	@AfterEach
	void openGate() {
		this.handlers.gate.countDown();
	}

	@Test
	@DisplayName("B49: explain says that the queue is paused, and since when")
	void queueIsPaused() {
		run((tested) -> {
			tested.awaitWorker();
			HeededPause.pause(tested.queues, "mail");
			JobId id = tested.enqueue(JobRequest.ofKind("wait").withQueue("mail"));
			JobExplanation explanation = tested.explain(id);
			assertThat(explanation.decisive()).isInstanceOfSatisfying(JobReason.QueuePaused.class, (paused) -> {
				assertThat(paused.queue()).isEqualTo("mail");
				assertThat(paused.since()).isEqualTo(tested.queues.list().get(0).pausedAt());
			});
			assertThat(explanation.reasons()).hasSize(1);
			assertThat(explanation).hasToString("job %s: %s".formatted(id, explanation.decisive().message()));
			assertThat(explanation.message()).startsWith("Queue 'mail' is paused since 20");
		});
	}

	@Test
	@DisplayName("B49: explain says when a job is scheduled for, by the database's clock, and what else stands in its way")
	void isScheduled() {
		run((tested) -> {
			JobId id = tested.enqueue(JobRequest.ofKind("wait").withDelay(Duration.ofDays(1)));
			tested.awaitWorker();
			assertThat(tested.explain(id).reasons()).singleElement()
				.isInstanceOfSatisfying(JobReason.Scheduled.class, (scheduled) -> {
					assertThat(scheduled.in()).isBetween(Duration.ofHours(23), Duration.ofDays(1));
					assertThat(scheduled.runAt()).isEqualTo(tested.found(id).job().runAt());
					assertThat(scheduled.message()).matches("It waits for its time: 20.*, in 23h59m\\d+s\\.");
				});
			HeededPause.pause(tested.queues, "default");
			JobId foreign = tested.enqueue(JobRequest.ofKind("foreign").withDelay(Duration.ofDays(1)));
			assertThat(tested.explain(foreign).reasons()).hasExactlyElementsOfTypes(JobReason.QueuePaused.class,
					JobReason.Scheduled.class, JobReason.NoWorker.class);
		});
	}

	@Test
	@DisplayName("B49: explain says which attempt failed and how, and when the next one may start")
	void waitsForARetry() {
		run((tested) -> {
			JobId id = tested.enqueue(JobRequest.ofKind("fail").withMaxAttempts(7));
			JobReason.RetryScheduled retry = tested.await(id, JobReason.RetryScheduled.class);
			assertThat(retry.attempt()).isOne();
			assertThat(retry.maxAttempts()).isEqualTo(7);
			assertThat(retry.in()).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(80));
			assertThat(retry.lastError()).isNotNull();
			assertThat(retry.lastError().message()).isEqualTo("out of paper");
			assertThat(retry.message()).contains("Attempt 1 of 7 failed: ", "IllegalStateException: out of paper.");
		});
	}

	@Test
	@DisplayName("B49: explain says that the concurrency set of the queue is reached, in which worker and by which job")
	void concurrencyOfTheQueueIsReached() {
		run((tested) -> {
			tested.limitToOne("default");
			JobId running = tested.enqueueAndAwaitStart(JobRequest.ofKind("wait"));
			JobId id = tested.enqueue(JobRequest.ofKind("fail"));
			JobReason.LimitReached limit = tested.await(id, JobReason.LimitReached.class);
			assertThat(limit.reached()).containsExactly(new JobReason.ReachedLimit("till", Scope.QUEUE, 1, 1));
			assertThat(limit.runningJobs()).containsExactly(running);
			assertThat(limit.message()).isEqualTo(
					"No slot is free for it: worker 'till' has 1 of 1 slots of the queue in use. They hold the jobs %s."
						.formatted(running));
		});
	}

	@Test
	@DisplayName("B49: explain says that a handler's limit is reached")
	void limitOfTheHandlerIsReached() {
		run((tested) -> {
			JobId running = tested.enqueueAndAwaitStart(JobRequest.ofKind("single"));
			JobId id = tested.enqueue(JobRequest.ofKind("single"));
			JobReason.LimitReached limit = tested.await(id, JobReason.LimitReached.class);
			assertThat(limit.reached()).containsExactly(new JobReason.ReachedLimit("till", Scope.HANDLER, 1, 1));
			assertThat(limit.runningJobs()).containsExactly(running);
		});
	}

	@Test
	@DisplayName("B49: explain says that all slots of a worker are taken by jobs of another queue, as the worker said last")
	void allSlotsOfTheWorkerAreTaken() {
		run((tested) -> {
			tested.enqueueAndAwaitStart(JobRequest.ofKind("wait").withQueue("mail"));
			tested.enqueueAndAwaitStart(JobRequest.ofKind("wait").withQueue("mail"));
			JobId id = tested.enqueue(JobRequest.ofKind("wait"));
			JobReason.LimitReached limit = tested.await(id, JobReason.LimitReached.class);
			assertThat(limit.reached()).containsExactly(new JobReason.ReachedLimit("till", Scope.WORKER, 2, 2));
			assertThat(limit.runningJobs()).as("of this queue").isEmpty();
		}, "tasuki.worker.concurrency=2");
	}

	@Test
	@DisplayName("B49: explain counts the jobs in line before one: those that are due and that somebody can run")
	void waitsInLine() {
		run((tested) -> {
			tested.enqueueAndAwaitStart(JobRequest.ofKind("single"));
			tested.enqueue(JobRequest.ofKind("single").withPriority(7));
			tested.enqueue(JobRequest.ofKind("foreign"));
			tested.enqueue(JobRequest.ofKind("single").withDelay(Duration.ofHours(1)));
			tested.enqueue(JobRequest.ofKind("single").withQueue("mail"));
			tested.enqueue(JobRequest.ofKind("single").withPriority(2));
			tested.enqueue(JobRequest.ofKind("single"));
			JobId id = tested.enqueue(JobRequest.ofKind("single"));
			tested.enqueue(JobRequest.ofKind("single"));
			tested.await(id, JobReason.LimitReached.class);
			assertThat(tested.explain(id).reasons())
				.hasExactlyElementsOfTypes(JobReason.LimitReached.class, JobReason.InLine.class)
				.last()
				.isEqualTo(new JobReason.InLine("default", 2, true));
			assertThat(tested.explain(id).message()).endsWith("It waits in line behind 2 others of queue 'default'.");
		});
	}

	@Test
	@DisplayName("B49: explain counts no more jobs in line than it may look at")
	void countsTheLineWithinABound() {
		run((tested) -> {
			tested.limitToOne("default");
			tested.enqueueAndAwaitStart(JobRequest.ofKind("wait"));
			tested.jdbc.update("""
					insert into tasuki.job (kind, priority, run_at)
					select 'wait', 3, now() - interval '1 minute' from generate_series(1, 12000)""");
			JobId id = tested.enqueue(JobRequest.ofKind("wait"));
			tested.await(id, JobReason.LimitReached.class);
			assertThat(tested.explain(id).reasons()).last().isEqualTo(new JobReason.InLine("default", 10_000, false));
			assertThat(tested.explain(id).message())
				.endsWith("It waits in line behind at least 10000 others of queue 'default'.");
		});
	}

	@Test
	@DisplayName("B49: explain says that a job is the next in line where nothing else stands in its way")
	void isNextInLine() {
		run((tested) -> {
			tested.jdbc.update("""
					insert into tasuki.worker (id, started_at, seen_at, lease, pid, slots, slots_in_use, draining, name,
					       host, queues, kinds, limits, job_ids, held_since)
					values (1, now(), now(), '1 hour', 1, 4, 0, false, 'asleep', 'here', '{default}', '{wait}', '[]',
					       '{}', '{}')""");
			JobId id = tested.enqueue(JobRequest.ofKind("wait"));
			assertThat(tested.explain(id).reasons()).containsExactly(new JobReason.InLine("default", 0, true));
			assertThat(tested.explain(id).message()).contains("the next in line in queue 'default'");
		}, NO_WORKER);
	}

	@Test
	@DisplayName("B49, B55: explain says that no worker is alive")
	void noWorkerIsAlive() {
		run((tested) -> {
			JobId id = tested.enqueue(JobRequest.ofKind("wait"));
			assertThat(tested.explain(id).decisive()).isInstanceOfSatisfying(JobReason.NoWorker.class, (none) -> {
				assertThat(none.alive()).isZero();
				assertThat(none.message()).isEqualTo(
						"No live worker takes jobs of kind 'wait' from queue 'default': no worker is alive at all.");
			});
		}, NO_WORKER);
	}

	@Test
	@DisplayName("B49, B55: explain names the kinds that workers take from the queue, and the queues they take the kind from")
	void noWorkerTakesTheKindOrTheQueue() {
		run((tested) -> {
			tested.awaitWorker();
			JobId foreign = tested.enqueue(JobRequest.ofKind("foreign"));
			assertThat(tested.explain(foreign).decisive()).isInstanceOfSatisfying(JobReason.NoWorker.class, (none) -> {
				assertThat(none.kind()).isEqualTo("foreign");
				assertThat(none.kindsOfQueue()).containsExactly("fail", "last", "once", "single", "wait");
				assertThat(none.queuesOfKind()).isEmpty();
				assertThat(none.message()).endsWith(", only of the kinds fail, last, once, single, wait.");
			});
			JobId elsewhere = tested.enqueue(JobRequest.ofKind("wait").withQueue("letters"));
			assertThat(tested.explain(elsewhere).decisive()).isInstanceOfSatisfying(JobReason.NoWorker.class,
					(none) -> {
						assertThat(none.kindsOfQueue()).isEmpty();
						assertThat(none.queuesOfKind()).containsExactly("default", "mail");
						assertThat(none.message()).endsWith(": none of the 1 looks into this queue."
								+ " They take this kind from the queues default, mail.");
					});
		});
	}

	@Test
	@DisplayName("B49: explain says which worker runs a job, since when, and until when its lease lasts")
	void isRunning() {
		run((tested) -> {
			JobId id = tested.enqueueAndAwaitStart(JobRequest.ofKind("wait"));
			JobReason.Running first = tested.await(id, JobReason.Running.class);
			assertThat(first.worker()).isEqualTo("till");
			assertThat(first.leaseLeft()).isBetween(Duration.ZERO, Duration.ofSeconds(3));
			JobReason.Running renewed = Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> tested.await(id, JobReason.Running.class),
						(running) -> running.leaseUntil().isAfter(first.leaseUntil()) && running.since() != null);
			assertThat(renewed.since()).as("no matter how often it was renewed")
				.isBetween(tested.found(id).job().runAt().minusSeconds(1), first.leaseUntil().minusSeconds(2));
			assertThat(renewed.message()).startsWith("Worker 'till' runs it since 20");
		});
	}

	@Test
	@DisplayName("B49: explain says that somebody has cancelled a job that runs on")
	void isCancelledAndRunsOn() {
		run((tested) -> {
			JobId id = tested.enqueueAndAwaitStart(JobRequest.ofKind("wait"));
			tested.client.cancel(id);
			List<JobReason> reasons = tested.explain(id).reasons();
			assertThat(reasons).hasExactlyElementsOfTypes(JobReason.Running.class, JobReason.CancelRequested.class);
			assertThat(((JobReason.CancelRequested) reasons.get(1)).at()).isBetween(tested.found(id).job().createdAt(),
					tested.explain(id).asOf());
		});
	}

	@Test
	@DisplayName("B49: explain says whose lease ran out, and that nobody is there to take the job over")
	void leaseRanOut() {
		run((tested) -> {
			tested.jdbc.update("insert into tasuki.owner (id, worker) values (4711, 'gone (pid 7)')");
			JobId id = new JobId(tested.jdbc.queryForObject("""
					insert into tasuki.job (kind, attempt, lease_no, lock_owner, lease_expires_at, cancel_requested_at)
					values ('wait', 1, 1, 4711, now() - interval '20 s', now()) returning id""", Long.class));
			JobExplanation explanation = tested.explain(id);
			assertThat(explanation.reasons()).hasExactlyElementsOfTypes(JobReason.LeaseLost.class,
					JobReason.CancelRequested.class, JobReason.NoWorker.class);
			assertThat(explanation.decisive()).isInstanceOfSatisfying(JobReason.LeaseLost.class, (lost) -> {
				assertThat(lost.worker()).isEqualTo("gone (pid 7)");
				assertThat(lost.overdue()).isBetween(Duration.ofSeconds(20), CLOCKS_DIFFER);
				assertThat(lost.message()).startsWith("Worker 'gone (pid 7)' held it and gave no sign of life");
			});
		}, NO_WORKER);
	}

	@Test
	@DisplayName("B49: explain says how and when a job ended, and why it is dead or was cancelled")
	void hasEnded() {
		run((tested) -> {
			JobReason.Ended succeeded = tested.await(tested.enqueue(JobRequest.ofKind("once")), JobReason.Ended.class);
			assertThat(succeeded.state()).isEqualTo(JobState.SUCCEEDED);
			assertThat(succeeded.message()).matches("It succeeded at 20.*Z\\.");
			JobReason.Ended dead = tested.await(tested.enqueue(JobRequest.ofKind("last")), JobReason.Ended.class);
			assertThat(dead.state()).isEqualTo(JobState.DEAD);
			assertThat(dead.message()).contains("Attempt 1 of 1 failed: ").endsWith(" It can be retried.");
			JobId unwanted = tested.enqueue(JobRequest.ofKind("wait").withDelay(Duration.ofDays(1)));
			tested.client.cancel(unwanted);
			JobReason.Ended cancelled = tested.await(unwanted, JobReason.Ended.class);
			assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
			assertThat(cancelled.at()).isEqualTo(tested.found(unwanted).finishedAt());
			assertThat(cancelled.reason()).isEqualTo(tested.found(unwanted).reason());
		});
	}

	@Test
	@DisplayName("B49: explain knows nothing of a job that does not exist, and needs no transaction that may write")
	void isUnknown() {
		run((tested) -> {
			JobId none = new JobId(4711);
			assertThat(tested.explain(none).reasons()).containsExactly(new JobReason.Unknown());
			assertThat(tested.explain(none).message()).isEqualTo("There is no such job, or not any more.");
			JobId waiting = tested.enqueue(JobRequest.ofKind("wait"));
			tested.transactions.setReadOnly(true);
			assertThat(tested.transactions.execute((status) -> tested.explain(none)).decisive())
				.isEqualTo(new JobReason.Unknown());
			assertThat(tested.transactions.execute((status) -> tested.explain(waiting)).decisive())
				.isInstanceOf(JobReason.NoWorker.class);
		}, NO_WORKER);
	}

	@Test
	@DisplayName("B49: explain joins the caller's transaction and changes nothing in it")
	void joinsTheTransaction() {
		run((tested) -> {
			List<JobId> ids = new ArrayList<>();
			tested.transactions.executeWithoutResult((status) -> {
				String sort = tested.jdbc.queryForObject("select current_setting('enable_sort')", String.class);
				ids.add(tested.enqueue(JobRequest.ofKind("wait")));
				assertThat(tested.explain(ids.get(0)).decisive()).isInstanceOf(JobReason.NoWorker.class);
				assertThat(tested.jdbc.queryForObject("select current_setting('enable_sort')", String.class))
					.isEqualTo(sort);
				status.setRollbackOnly();
			});
			assertThat(tested.explain(ids.get(0)).decisive()).isInstanceOf(JobReason.Unknown.class);
		}, NO_WORKER);
	}

	private void run(Consumer<Tested> test, String... properties) {
		this.application.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(new Tested(context, this.handlers));
			this.handlers.gate.countDown();
		});
	}

	/** The application under test. */
	private static final class Tested {

		private final JobClient client;

		private final JobOperations operations;

		private final QueueOperations queues;

		private final JdbcTemplate jdbc;

		private final TransactionTemplate transactions;

		private final Handlers handlers;

		Tested(AssertableApplicationContext context, Handlers handlers) {
			this.client = context.getBean(JobClient.class);
			this.operations = context.getBean(JobOperations.class);
			this.queues = context.getBean(QueueOperations.class);
			this.jdbc = context.getBean(JdbcTemplate.class);
			this.transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			this.handlers = handlers;
		}

		JobId enqueue(JobRequest<?> request) {
			return this.client.enqueue(request).id();
		}

		JobId enqueueAndAwaitStart(JobRequest<?> request) {
			int before = this.handlers.started.size();
			JobId id = enqueue(request);
			await(() -> this.handlers.started.size() > before);
			return id;
		}

		JobExplanation explain(JobId id) {
			return this.operations.explain(id);
		}

		FoundJob found(JobId id) {
			return this.client.find(id).orElseThrow();
		}

		/** What is set holds everywhere within a second. */
		void limitToOne(String queue) {
			this.queues.setConcurrency(queue, 1);
			long begin = System.nanoTime();
			await(() -> System.nanoTime() - begin > Duration.ofSeconds(2).toNanos());
		}

		void awaitWorker() {
			await(() -> !this.operations.workers().isEmpty());
		}

		<T extends JobReason> T await(JobId id, Class<T> decisive) {
			Predicate<JobExplanation> wanted = (explanation) -> decisive.isInstance(explanation.decisive());
			JobExplanation explanation = Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(20))
				.until(() -> explain(id), wanted);
			return decisive.cast(explanation.decisive());
		}

		private static void await(Callable<Boolean> condition) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(condition);
		}

	}

	/** Handlers that wait, or do not work. */
	static class Handlers {

		final CountDownLatch gate = new CountDownLatch(1);

		final List<String> started = new CopyOnWriteArrayList<>();

		@JobHandler("wait")
		void await() {
			awaitGate("wait");
		}

		@JobHandler(value = "single", concurrency = 1)
		void awaitAlone() {
			awaitGate("single");
		}

		// A cancel interrupts, and is not heeded.
		private void awaitGate(String kind) {
			this.started.add(kind);
			boolean open = false;
			while (!open) {
				try {
					this.gate.await();
					open = true;
				}
				catch (InterruptedException ex) {
					// Again.
				}
			}
		}

		@JobHandler("fail")
		void fail() {
			throw new IllegalStateException("out of paper");
		}

		@JobHandler(value = "last", maxAttempts = 1)
		void failForGood() {
			throw new IllegalStateException("out of paper");
		}

		@JobHandler("once")
		void once() {
		}

	}

}

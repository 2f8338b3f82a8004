package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.Handler;
import io.tasuki.JobResult;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.UnknownExecutorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Jobs whose handlers or queues name the executor that runs them. */
@ExtendWith(OutputCaptureExtension.class)
class ExecutorsIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private static final HandlerExecution REPORTS = HandlerExecution.DEFAULT.withExecutor("reports");

	private final Map<String, Set<String>> threadsByKind = new ConcurrentHashMap<>();

	private final Semaphore permits = new Semaphore(0);

	private final ExecutorService reports = pool("reports-", 2);

	private final ExecutorService mails = pool("mails-", 2);

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
		this.reports.shutdownNow();
		this.mails.shutdownNow();
	}

	@Test
	@DisplayName("B25: each job runs in its handler's executor, else in its queue's, else in the worker's own")
	void runsEachJobWhereItBelongs() {
		for (String kind : Set.of("report", "mail", "plain")) {
			this.fixture.insertMany(60, kind);
			this.fixture.insertMany(60, kind, "mails", 3);
		}
		this.fixture.worker()
			.executor("reports", this.reports)
			.executor("mails", this.mails)
			.queueExecutor("mails", "mails")
			.handler(handler("report").withExecution(REPORTS))
			.handler(handler("mail").withExecution(HandlerExecution.DEFAULT.withConcurrency(1)))
			.handler(handler("plain"))
			.start();
		this.fixture.await(() -> this.fixture.archived() == 360);
		assertThat(this.threadsByKind.get("report/default")).allMatch((thread) -> thread.startsWith("reports-"));
		assertThat(this.threadsByKind.get("report/mails")).allMatch((thread) -> thread.startsWith("reports-"));
		assertThat(this.threadsByKind.get("mail/mails")).allMatch((thread) -> thread.startsWith("mails-"));
		assertThat(this.threadsByKind.get("plain/mails")).allMatch((thread) -> thread.startsWith("mails-"));
		assertThat(this.threadsByKind.get("mail/default")).allMatch("tasuki-handler"::equals);
		assertThat(this.threadsByKind.get("plain/default")).allMatch("tasuki-handler"::equals);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
		assertThat(this.fixture.ledger().mostRunning()).isLessThanOrEqualTo(4);
	}

	@Test
	@DisplayName("B25: jobs that an executor refuses wait for its threads, uncharged; others go on; the log says why")
	void refusedJobsWaitForThreads(CapturedOutput output) {
		this.fixture.insertMany(30, "report", "default", 0);
		this.fixture.insertMany(30, "plain");
		this.fixture.worker()
			.slots(6)
			.maxAttempts(1)
			.executor("reports", this.reports)
			.handler(HandlerRegistration.of("report", this.fixture.ledger().recording("worker", (context) -> {
				this.permits.acquire();
				return JobResult.done();
			})).withExecution(REPORTS))
			.handler(handler("plain"))
			.start();
		this.fixture.await(() -> this.fixture.archived() == 30);
		assertThat(this.fixture.ledger().runs("plain")).hasSize(30);
		this.fixture.await(() -> this.fixture.ledger().running() == 2);
		this.permits.release(1_000);
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.archived() == 60);
		assertThat(this.fixture.ledger().mostRunning("report")).isEqualTo(2);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where attempt = 1 and errors is null"))
			.isEqualTo(60);
		assertThat(output.getAll().lines().filter((line) -> line.contains("refused to run"))).hasSize(1)
			.first()
			.asString()
			.contains("Executor 'reports' refused to run job")
			.contains("kind 'report'");
	}

	@Test
	@DisplayName("B25: jobs that an executor refused run once it takes jobs again, although none of its jobs ends")
	void refusedJobsRunOnceTheExecutorTakesThem() {
		AtomicBoolean refuses = new AtomicBoolean(true);
		AtomicInteger refused = new AtomicInteger();
		this.fixture.insertMany(5, "report");
		this.fixture.worker().executor("reports", (command) -> {
			if (refuses.get()) {
				refused.incrementAndGet();
				throw new RejectedExecutionException("closed");
			}
			this.fixture.executor().execute(command);
		}).handler(handler("report").withExecution(REPORTS)).start();
		this.fixture.await(() -> refused.get() >= 3);
		assertThat(this.fixture.ledger().count()).isZero();
		refuses.set(false);
		this.fixture.await(() -> this.fixture.archived() == 5);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
	}

	@Test
	@DisplayName("B25, B29: a timeout interrupts the thread of the handler's executor, and no other")
	void timeoutInterruptsTheRightThread() throws InterruptedException {
		long id = this.fixture.insert("report");
		CountDownLatch interrupted = new CountDownLatch(1);
		Handler waiting = (context) -> {
			this.threadsByKind.computeIfAbsent("report", (kind) -> ConcurrentHashMap.newKeySet())
				.add(Thread.currentThread().getName());
			try {
				this.permits.acquire();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
				throw ex;
			}
			return JobResult.done();
		};
		this.fixture.worker()
			.maxAttempts(1)
			.executor("reports", this.reports)
			.handler(HandlerRegistration.of("report", waiting)
				.withExecution(REPORTS.withTimeout(Duration.ofMillis(200))))
			.start();
		assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
		this.fixture.await(() -> this.fixture.isDead(id));
		assertThat(this.fixture.deadJob(id).get("errors")).asString().contains("\"type\": \"timeout\"");
		assertThat(this.threadsByKind.get("report")).singleElement().asString().startsWith("reports-");
	}

	@Test
	@DisplayName("B25: a worker does not start when a handler names an executor that there is not")
	void missingExecutorOfHandlerStopsTheStart() {
		TestWorker worker = this.fixture.worker()
			.handler(handler("report").withExecution(REPORTS.withExecutor("reprots")));
		assertThatExceptionOfType(UnknownExecutorException.class).isThrownBy(worker::start)
			.withMessage("There is no executor 'reprots', which the handler of 'report' names: no executor 'reprots'");
	}

	@Test
	@DisplayName("B25: nor when a queue does")
	void missingExecutorOfQueueStopsTheStart() {
		TestWorker worker = this.fixture.worker().queueExecutor("mails", "nobody").handler(handler("report"));
		assertThatExceptionOfType(UnknownExecutorException.class).isThrownBy(worker::start)
			.satisfies((ex) -> assertThat(ex.user()).isEqualTo("queue 'mails'"));
	}

	@Test
	@DisplayName("B25, B42: a shutdown waits for the jobs of every executor, and hands back what waits there")
	void shutdownCoversEveryExecutor() {
		this.fixture.insertMany(6, "report");
		ExecutorService queueing = Executors.newSingleThreadExecutor();
		try {
			var worker = this.fixture.worker()
				.executor("reports", queueing)
				.handler(HandlerRegistration.of("report", this.fixture.ledger().recording("worker", (context) -> {
					this.permits.acquire();
					return JobResult.done();
				})).withExecution(REPORTS))
				.start();
			this.fixture.await(() -> this.fixture.ledger().running() == 1 && this.fixture.leased() == 4);
			worker.stop();
			assertThat(this.fixture.leased()).isZero();
			assertThat(this.fixture.number("select count(*) from tasuki.job where attempt = 0")).isEqualTo(6);
			assertThat(this.fixture.ledger().count()).as("started").isOne();
		}
		finally {
			queueing.shutdownNow();
		}
	}

	/** Threads without a queue: more commands than that are refused. */
	private static ExecutorService pool(String prefix, int threads) {
		AtomicInteger number = new AtomicInteger();
		return new ThreadPoolExecutor(0, threads, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), (command) -> {
			Thread thread = new Thread(command, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
	}

	private HandlerRegistration handler(String kind) {
		return HandlerRegistration.of(kind, this.fixture.ledger().recording("worker", (context) -> {
			this.threadsByKind
				.computeIfAbsent(kind + "/" + context.job().queue(), (place) -> ConcurrentHashMap.newKeySet())
				.add(Thread.currentThread().getName());
			return JobResult.done();
		}));
	}

}

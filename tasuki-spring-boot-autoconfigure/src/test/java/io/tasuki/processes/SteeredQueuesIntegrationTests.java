package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.tasuki.QueueOperations;
import io.tasuki.client.DefaultQueueOperations;
import io.tasuki.postgres.PostgresJobNotifications;
import io.tasuki.postgres.PostgresJobStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Two workers whose queue another process steers. */
class SteeredQueuesIntegrationTests {

	private static final WorkerOptions RARE_POLL = WorkerOptions.USUAL.withPollInterval(Duration.ofSeconds(60))
		.withConcurrency(2);

	private static final Duration FAR_SOONER = Duration.ofSeconds(20);

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@AutoClose
	private final PostgresJobNotifications notifications = new PostgresJobNotifications(this.queue.dataSource(), false);

	private final QueueOperations operations = operations();

	@Test
	@DisplayName("B50: a pause that another JVM sets stops both workers, what waits goes back, and a restart changes nothing")
	void pausesAndResumesTwoWorkers() throws IOException {
		WorkerProcess one = this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL.withConcurrency(2));
		WorkerProcess other = this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL.withConcurrency(2));
		Path gate = this.processes.folder().resolve("gate");
		this.queue.enqueueMany("count", 2_000);
		this.queue.enqueueMany("gate", QueueTables.json(gate), 1_000);
		QueueTables.await("both have their slots full").until(() -> gatesRunning() == 4);
		this.operations.pause("default");
		QueueTables.await("only what runs is leased").until(() -> leased() == 4);
		Files.createFile(gate);
		QueueTables.await("what ran is done").until(() -> leased() == 0);
		long starts = this.queue.startCount();
		one.kill9();
		this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL);
		this.queue.enqueueMany("count", 100);
		QueueTables.await("nothing starts")
			.during(Duration.ofSeconds(2))
			.until(() -> this.queue.startCount() == starts);
		assertThat(this.queue.number("select count(*) from tasuki.job where attempt <> 0 or crashes <> 0")).isZero();
		this.operations.resume("default");
		this.queue.awaitEmpty();
		assertThat(this.queue.repeatedStarts()).isZero();
		assertThat(other.isAlive()).isTrue();
	}

	@Test
	@DisplayName("B50: both workers heed a setting that another JVM makes long before their next poll")
	void heedsASettingBeforeTheNextPoll() {
		WorkerProcess one = this.processes.startWorker(this.queue.database(), RARE_POLL);
		WorkerProcess other = this.processes.startWorker(this.queue.database(), RARE_POLL);
		this.operations.setConcurrency("default", 1);
		this.operations.pause("default");
		awaitHeeded();
		this.queue.jdbc().update("insert into tasuki.job (kind) select 'block' from generate_series(1, 6)");
		long begin = System.nanoTime();
		this.operations.resume("default");
		QueueTables.await("each runs one").until(() -> startsOf(one) == 1 && startsOf(other) == 1);
		this.operations.clearConcurrency("default");
		QueueTables.await("each runs two").until(() -> startsOf(one) == 2 && startsOf(other) == 2);
		Duration took = Duration.ofNanos(System.nanoTime() - begin);
		System.out.printf("B50: two settings, one after the other, were heeded by two JVMs after %d ms%n",
				took.toMillis());
		assertThat(took).isLessThan(FAR_SOONER);
	}

	/** What is set holds everywhere within a second. */
	private static void awaitHeeded() {
		long begin = System.nanoTime();
		QueueTables.await("two seconds have passed").until(() -> System.nanoTime() - begin > 2_000_000_000L);
	}

	private long startsOf(WorkerProcess worker) {
		return this.queue.number("select count(*) from ledger where event = 'start' and pid = ?", worker.pid());
	}

	private long gatesRunning() {
		return this.queue.number("""
				select count(*) from ledger join tasuki.job on job.id = ledger.job_id
				 where job.kind = 'gate' and job.lock_owner is not null""");
	}

	private long leased() {
		return this.queue.number("select count(*) from tasuki.job where lock_owner is not null");
	}

	private QueueOperations operations() {
		PostgresJobStore store = new PostgresJobStore(this.queue.dataSource(), false);
		return new DefaultQueueOperations(store.queueSettings(), store.afterCommit(this.notifications),
				this.notifications);
	}

}

package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.tasuki.faults.FaultTest;
import io.tasuki.processes.QueueTables.Start;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Several workers on one queue, all of them well. */
@FaultTest
class SharedQueueIntegrationTests {

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@Test
	@DisplayName("S6: two workers run each of 10 000 jobs exactly once")
	void runsEachJobExactlyOnceInTwoProcesses() {
		int jobs = 10_000;
		WorkerProcess one = this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL);
		WorkerProcess other = this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL);
		this.queue.enqueueMany("count", jobs);
		this.queue.awaitEmpty();
		assertThat(this.queue.startCount()).isEqualTo(jobs);
		assertThat(this.queue.distinctStarts()).isEqualTo(jobs);
		assertThat(this.queue.archived()).isEqualTo(jobs);
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where lease_no <> 1")).isZero();
		assertThat(List.of(one.pid(), other.pid())).allSatisfy(
				(pid) -> assertThat(this.queue.number("select count(*) from ledger where pid = ?", pid)).isPositive());
	}

	@Test
	@DisplayName("S7: a second instance that starts while the first is busy takes nothing of it")
	void takesNothingFromABusyWorkerWhenASecondOneStarts() throws IOException {
		Duration lease = Duration.ofSeconds(2);
		WorkerOptions options = WorkerOptions.USUAL.withLease(lease).withConcurrency(4);
		WorkerProcess busy = this.processes.startWorker(this.queue.database(), options);
		Path gate = this.processes.folder().resolve("gate");
		List<Long> jobs = this.queue.enqueueMany("gate", QueueTables.json(gate), options.concurrency());
		jobs.forEach((job) -> this.queue.awaitStarts(job, 1));
		WorkerProcess second = this.processes.startWorker(this.queue.database(), options);
		long begin = System.nanoTime();
		QueueTables.await("two leases have passed").until(() -> System.nanoTime() - begin > 2 * lease.toNanos());
		long count = this.queue.enqueue("count");
		this.queue.awaitArchived(count);
		Files.createFile(gate);
		this.queue.awaitEmpty();
		assertThat(this.queue.starts(count)).containsExactly(new Start(1, second.pid()));
		assertThat(jobs)
			.allSatisfy((job) -> assertThat(this.queue.starts(job)).containsExactly(new Start(1, busy.pid())));
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where lease_no <> 1")).isZero();
	}

	@Test
	@DisplayName("S11: a service without another one's handlers leaves that one's jobs of the same queue untouched")
	void leavesTheJobsOfAnotherService() {
		int jobs = 500;
		this.queue.enqueueMany("slow", "0", jobs);
		WorkerProcess one = startService("count");
		this.queue.enqueueMany("count", jobs);
		this.queue.awaitArchived(this.queue.enqueue("count"));
		QueueTables.await("its own have run").until(() -> this.queue.archived() == jobs + 1);
		assertThat(this.queue.number("""
				select count(*) from tasuki.job
				 where kind = 'slow' and attempt = 0 and lease_no = 0 and crashes = 0 and lock_owner is null
				""")).isEqualTo(jobs);
		WorkerProcess other = startService("slow");
		this.queue.awaitEmpty();
		assertThat(this.queue.startCount()).isEqualTo(2 * jobs + 1);
		assertThat(this.queue.distinctStarts()).isEqualTo(2 * jobs + 1);
		assertThat(this.queue.number("select count(*) from ledger where pid = ? and event = 'end'", other.pid()))
			.isEqualTo(jobs);
		assertThat(this.queue.number("select count(*) from ledger where pid = ? and event = 'end'", one.pid()))
			.isZero();
	}

	private WorkerProcess startService(String kind) {
		return this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL, Map.of(WorkerMain.KINDS, kind));
	}

}

package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobReason;
import io.tasuki.LiveWorker;
import io.tasuki.LiveWorker.HeldJob;
import io.tasuki.client.DefaultJobOperations;
import io.tasuki.faults.FaultTest;
import io.tasuki.postgres.PostgresJobNotifications;
import io.tasuki.postgres.PostgresJobStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Which workers of several processes are listed as alive. */
@FaultTest
class ListedWorkersIntegrationTests {

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(Duration.ofSeconds(6));

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@AutoClose
	private final PostgresJobNotifications notifications = new PostgresJobNotifications(this.queue.dataSource(), false);

	private final JobOperations operations = operations();

	@Test
	@DisplayName("B55: a killed worker is listed until its lease is over, then its row is deleted by the one that lives")
	void forgetsAKilledWorker() {
		WorkerProcess victim = startWorker();
		WorkerProcess survivor = startWorker();
		QueueTables.await("both are listed").until(() -> pids().equals(Set.of(victim.pid(), survivor.pid())));
		victim.kill9();
		LiveWorker listed = worker(victim);
		long silentMillis = silentMillis(victim);
		QueueTables.await("one is listed").until(() -> pids().equals(Set.of(survivor.pid())));
		assertThat(silentMillis(victim)).as("it was listed until then").isGreaterThanOrEqualTo(6_000);
		QueueTables.await("its row is gone").until(() -> rows(victim) == 0);
		System.out.printf("B55: killed %d ms after its last word, listed for a lease of %d ms%n", silentMillis,
				listed.leaseDuration().toMillis());
		assertThat(listed.leaseDuration()).isEqualTo(OPTIONS.lease());
		assertThat(rows(survivor)).isOne();
	}

	@Test
	@DisplayName("B55: a worker that stood still is not listed meanwhile, and is again when it goes on, with its start as before")
	void listsAWorkerAgainThatStoodStill() {
		WorkerProcess worker = startWorker();
		WorkerProcess other = startWorker();
		QueueTables.await("both are listed").until(() -> pids().size() == 2);
		LiveWorker before = worker(worker);
		worker.stop();
		QueueTables.await("its row is gone").until(() -> rows(worker) == 0);
		assertThat(pids()).containsExactly(other.pid());
		worker.resume();
		QueueTables.await("both are listed").until(() -> pids().size() == 2);
		assertThat(Duration.between(before.startedAt(), worker(worker).startedAt()).abs())
			.isLessThan(Duration.ofSeconds(1));
	}

	@Test
	@DisplayName("B49, B55: explain names the process that holds a job, then the lease that ran out, then who took it over")
	void explainsATakeover() throws IOException {
		WorkerProcess first = startWorker();
		Path gate = this.processes.folder().resolve("gate");
		JobId job = new JobId(this.queue.enqueueAtGate(gate));
		this.queue.awaitStarts(job.value(), 1);
		assertThat(running(job).worker()).endsWith("(pid %d)".formatted(first.pid()));
		QueueTables.await("its worker names it")
			.until(() -> worker(first).longestHeld().stream().map(HeldJob::id).toList().equals(List.of(job)));
		assertThat(running(job).since()).isEqualTo(worker(first).longestHeld().get(0).since());
		first.kill9();
		QueueTables.await("its lease is over")
			.until(() -> this.operations.explain(job).decisive() instanceof JobReason.LeaseLost);
		assertThat(this.operations.explain(job).decisive()).isInstanceOfSatisfying(JobReason.LeaseLost.class,
				(lost) -> assertThat(lost.worker()).endsWith("(pid %d)".formatted(first.pid())));
		WorkerProcess second = startWorker();
		this.queue.awaitStarts(job.value(), 2);
		assertThat(running(job).worker()).endsWith("(pid %d)".formatted(second.pid()));
	}

	private JobReason.Running running(JobId job) {
		return (JobReason.Running) this.operations.explain(job).decisive();
	}

	private Set<Long> pids() {
		return this.operations.workers().stream().map(LiveWorker::pid).collect(Collectors.toSet());
	}

	private LiveWorker worker(WorkerProcess process) {
		return this.operations.workers()
			.stream()
			.filter((worker) -> worker.pid() == process.pid())
			.findFirst()
			.orElseThrow();
	}

	/** Returns how long a worker has said nothing; for ever, if its row is gone. */
	private long silentMillis(WorkerProcess process) {
		return this.queue.number("""
				select coalesce(max((extract(epoch from clock_timestamp() - seen_at) * 1000)::bigint), 1000000)
				  from tasuki.worker where pid = ?""", process.pid());
	}

	private long rows(WorkerProcess process) {
		return this.queue.number("select count(*) from tasuki.worker where pid = ?", process.pid());
	}

	private WorkerProcess startWorker() {
		return this.processes.startWorker(this.queue.database(), OPTIONS);
	}

	private JobOperations operations() {
		PostgresJobStore store = new PostgresJobStore(this.queue.dataSource(), false);
		return new DefaultJobOperations(store.operations(), store.afterCommit(this.notifications), this.notifications);
	}

}

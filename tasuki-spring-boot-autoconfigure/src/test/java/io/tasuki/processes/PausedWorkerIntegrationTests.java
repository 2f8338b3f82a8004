package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.tasuki.faults.FaultTest;
import io.tasuki.processes.QueueTables.Start;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers that stand still for longer than their leases and go on. */
@FaultTest
class PausedWorkerIntegrationTests {

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(Duration.ofSeconds(2));

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@Test
	@DisplayName("S5: a worker that wakes after its job was taken over and finished changes nothing")
	void refusesTheOutcomeOfAWorkerThatWokeTooLate() throws IOException {
		Path gate = this.processes.folder().resolve("gate");
		WorkerProcess paused = this.processes.startWorker(this.queue.database(), OPTIONS);
		long job = this.queue.enqueueAtGate(gate);
		this.queue.awaitStarts(job, 1);
		paused.stop();
		Files.createFile(gate);
		WorkerProcess other = this.processes.startWorker(this.queue.database(), OPTIONS);
		this.queue.awaitArchived(job);
		Map<String, Object> archived = this.queue.archivedJob(job);
		other.terminate();
		other.awaitEnd();
		paused.resume();
		QueueTables.await("the outcome is refused").until(() -> paused.printed("was lost"));
		long next = this.queue.enqueue("count");
		this.queue.awaitArchived(next);
		assertThat(this.queue.starts(job)).containsExactly(new Start(1, paused.pid()), new Start(1, other.pid()));
		assertThat(this.queue.starts(next)).containsExactly(new Start(1, paused.pid()));
		// As text: two arrays from the database are never equal.
		assertThat(this.queue.archivedJob(job)).hasToString(archived.toString()).containsEntry("lease_no", 2);
		assertThat(this.queue.archived()).isEqualTo(2);
	}

	@Test
	@DisplayName("S5: a worker that wakes while its job runs elsewhere and then finishes it changes nothing")
	void leavesARunningJobToTheWorkerThatTookItOver() throws IOException {
		Path gate = this.processes.folder().resolve("gate");
		WorkerProcess paused = this.processes.startWorker(this.queue.database(), OPTIONS);
		long job = this.queue.enqueueAtGate(gate);
		this.queue.awaitStarts(job, 1);
		paused.stop();
		WorkerProcess other = this.processes.startWorker(this.queue.database(), OPTIONS);
		this.queue.awaitStarts(job, 2);
		Files.createFile(LedgerHandlers.gateOf(gate, paused.pid()));
		paused.resume();
		QueueTables.await("its outcome is refused").until(() -> paused.printed("was lost"));
		assertThat(this.queue.liveJob(job)).containsEntry("lease_no", 2)
			.hasEntrySatisfying("lock_owner", (owner) -> assertThat(other.owners()).contains((Long) owner));
		Files.createFile(gate);
		this.queue.awaitArchived(job);
		assertThat(this.queue.starts(job)).containsExactly(new Start(1, paused.pid()), new Start(1, other.pid()));
		assertThat(this.queue.archivedJob(job)).containsEntry("lease_no", 2).containsEntry("attempt", 1);
	}

}

package io.tasuki.processes;

import java.time.Duration;
import java.util.List;

import io.tasuki.faults.FaultTest;
import io.tasuki.processes.QueueTables.Start;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers that are asked to end. */
@FaultTest
class TerminatedWorkerIntegrationTests {

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(Duration.ofSeconds(20))
		.withShutdownTimeout(Duration.ofSeconds(2))
		.withConcurrency(3);

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@Test
	@DisplayName("S18: what a terminated process cannot finish is handed back uncharged, heeding interruption or not")
	void handsBackUnchargedWhatDoesNotFinishWhenTheProcessIsTerminated() {
		WorkerProcess terminated = this.processes.startWorker(this.queue.database(), OPTIONS);
		long deaf = this.queue.enqueue("deaf");
		long block = this.queue.enqueue("block");
		long slow = this.queue.enqueue("slow", "800");
		List.of(deaf, block, slow).forEach((job) -> this.queue.awaitStarts(job, 1));
		long waiting = this.queue.enqueue("count");
		long before = System.nanoTime();
		terminated.terminate();
		terminated.awaitEnd();
		Duration took = Duration.ofNanos(System.nanoTime() - before);
		System.out.printf("S18: ended %d ms after SIGTERM (shutdown timeout %d ms)%n", took.toMillis(),
				OPTIONS.shutdownTimeout().toMillis());
		assertThat(took).isLessThan(OPTIONS.shutdownTimeout().plusSeconds(10));
		assertThat(terminated.printed("STOPPED")).isTrue();
		assertThat(this.queue.archivedJob(slow)).containsEntry("attempt", 1);
		assertThat(List.of(deaf, block))
			.allSatisfy((job) -> assertThat(this.queue.liveJob(job)).containsEntry("attempt", 0)
				.containsEntry("crashes", 0)
				.containsEntry("lock_owner", null)
				.containsEntry("errors", null));
		WorkerProcess next = this.processes.startWorker(this.queue.database(), OPTIONS);
		this.queue.awaitStarts(deaf, 2);
		this.queue.awaitStarts(block, 2);
		this.queue.awaitArchived(waiting);
		assertThat(this.queue.starts(deaf)).containsExactly(new Start(1, terminated.pid()), new Start(1, next.pid()));
		assertThat(this.queue.starts(block)).containsExactly(new Start(1, terminated.pid()), new Start(1, next.pid()));
	}

}

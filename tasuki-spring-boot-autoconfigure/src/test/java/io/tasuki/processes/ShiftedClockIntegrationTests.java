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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes whose clock is wrong by minutes. */
@FaultTest
class ShiftedClockIntegrationTests {

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(Duration.ofSeconds(2))
		.withConcurrency(20);

	private static final String MILLIS_AFTER_RUN_AT = """
			select (extract(epoch from ledger.at - job_archive.run_at) * 1000)::bigint
			  from ledger
			  join tasuki.job_archive on job_archive.id = ledger.job_id
			 where ledger.job_id = ?
			   and ledger.attempt = job_archive.attempt
			""";

	private static final String MILLIS_OF_DELAY = """
			select (extract(epoch from run_at - created_at) * 1000)::bigint
			  from tasuki.job_archive
			 where id = ?
			""";

	private static final String FINISHED_AT_ANOTHER_TIME = """
			select count(*)
			  from tasuki.job_archive
			 where abs(extract(epoch from finished_at - now())) > 120
			""";

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@ParameterizedTest
	@ValueSource(longs = { 300, -300 })
	@DisplayName("S20: a worker's clock five minutes off changes no delay, no lease and no takeover")
	void decidesNothingByTheClockOfAWorker(long shiftSeconds) throws IOException {
		WorkerProcess shifted = this.processes.startWorker(this.queue.database(), OPTIONS, shift(shiftSeconds));
		assertThat(Duration.ofMillis(shifted.clockMillis() - System.currentTimeMillis()).toSeconds())
			.isBetween(shiftSeconds - 60, shiftSeconds + 60);
		startsOnTime(this.queue.enqueueWithDelay("count", Duration.ofSeconds(1)));
		// Its backoff: the second attempt is due half a second after the first.
		startsOnTime(this.queue.enqueue("retry"));
		Path gate = this.processes.folder().resolve("gate");
		long kept = this.queue.enqueueAtGate(gate);
		this.queue.awaitStarts(kept, 1);
		WorkerProcess straight = this.processes.startWorker(this.queue.database(), OPTIONS);
		HeldUp heldUp = enqueueUntilRunBy(straight);
		long orphan = heldUp.job();
		awaitLeases(2);
		assertThat(this.queue.repeatedAttempts()).as("jobs taken over while their workers live").isZero();
		straight.kill9();
		this.queue.awaitStarts(orphan, 2);
		WorkerProcess successor = this.processes.startWorker(this.queue.database(), OPTIONS);
		shifted.kill9();
		// Not both at once: the one that was taken over twice runs beside no other
		// suspect.
		QueueTables.await("the successor has begun")
			.until(() -> this.queue.number("select count(*) from ledger where pid = ?", successor.pid()) > 0);
		Files.createFile(gate);
		Files.createFile(heldUp.gate());
		this.queue.awaitEmpty();
		assertThat(this.queue.starts(orphan)).extracting(Start::pid)
			.containsExactly(straight.pid(), shifted.pid(), successor.pid());
		assertThat(this.queue.starts(kept)).extracting(Start::pid).containsExactly(shifted.pid(), successor.pid());
		assertThat(this.queue.number(FINISHED_AT_ANOTHER_TIME)).isZero();
	}

	/**
	 * Enqueues jobs until this worker runs one. Those that the other worker runs are let
	 * through, or they would fill its slots and it could take nothing over.
	 */
	private HeldUp enqueueUntilRunBy(WorkerProcess worker) throws IOException {
		for (int attempt = 1;; attempt++) {
			Path gate = this.processes.folder().resolve("gate-" + attempt);
			long job = this.queue.enqueueAtGate(gate);
			this.queue.awaitStarts(job, 1);
			if (this.queue.starts(job).get(0).pid() == worker.pid()) {
				return new HeldUp(job, gate);
			}
			Files.createFile(gate);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 300, -300 })
	@DisplayName("S20: a producer's clock five minutes off changes no delay")
	void decidesNothingByTheClockOfAProducer(long shiftSeconds) {
		this.processes.startWorker(this.queue.database(), OPTIONS);
		WorkerProcess producer = this.processes.start(ProducerMain.class, this.queue.database(),
				List.of("count", "1000"), shift(shiftSeconds));
		assertThat(producer.awaitEnd()).isZero();
		assertThat(Duration.ofMillis(producer.clockMillis() - System.currentTimeMillis()).toSeconds())
			.isBetween(shiftSeconds - 60, shiftSeconds + 60);
		long job = this.queue
			.number("select coalesce((select id from tasuki.job), (select id from tasuki.job_archive))");
		startsOnTime(job);
		assertThat(this.queue.number(MILLIS_OF_DELAY, job)).isBetween(990L, 1_100L);
	}

	private void startsOnTime(long job) {
		this.queue.awaitArchived(job);
		assertThat(this.queue.number(MILLIS_AFTER_RUN_AT, job)).as("milliseconds between run at and start")
			.isBetween(0L, 10_000L);
	}

	private void awaitLeases(int leases) {
		long begin = System.nanoTime();
		QueueTables.await("%d leases have passed".formatted(leases))
			.until(() -> System.nanoTime() - begin > leases * OPTIONS.lease().toNanos());
	}

	private Map<String, String> shift(long seconds) {
		return ClockShift.environment(this.processes.folder(), seconds);
	}

	private record HeldUp(long job, Path gate) {

	}

}

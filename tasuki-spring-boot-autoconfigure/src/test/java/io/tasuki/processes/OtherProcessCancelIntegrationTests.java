package io.tasuki.processes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import io.tasuki.Cancellation.Effect;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.postgres.PostgresJobNotifications;
import io.tasuki.processes.QueueTables.Start;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker whose running job another process cancels. */
class OtherProcessCancelIntegrationTests {

	private static final WorkerOptions LONG_LEASE = WorkerOptions.USUAL.withLease(Duration.ofSeconds(60))
		.withPollInterval(Duration.ofSeconds(60));

	private static final Duration FAR_SOONER = Duration.ofSeconds(10);

	private static final int JOBS = 15;

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@AutoClose
	private final PostgresJobNotifications notifications = new PostgresJobNotifications(this.queue.dataSource(), false);

	@Test
	@DisplayName("B41: a job that another JVM cancels is interrupted long before the next heartbeat, and ends as cancelled")
	void interruptsAJobThatAnotherProcessCancels() {
		WorkerProcess worker = this.processes.startWorker(this.queue.database(), LONG_LEASE);
		List<Long> millis = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			long job = enqueue();
			millis.add(cancel(this.notifications, job));
			assertCancelled(job, worker);
		}
		Collections.sort(millis);
		System.out.printf(
				"B41: cancelled in another JVM, %d running jobs ended after %d ms in the median, %d ms at most%n", JOBS,
				millis.get(JOBS / 2), millis.get(JOBS - 1));
		assertThat(millis.get(JOBS - 1)).isLessThan(FAR_SOONER.toMillis());
	}

	@Test
	@DisplayName("B41: where the notification is lost, the next heartbeat interrupts the job")
	void interruptsByItsHeartbeatWhenTheNotificationIsLost() {
		Duration lease = WorkerOptions.USUAL.lease();
		WorkerProcess worker = this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL);
		long job = enqueue();
		long millis = cancel(new LosingNotifications(), job);
		System.out.printf("B41: the notification lost, a running job ended after %d ms, with a lease of %d ms%n",
				millis, lease.toMillis());
		assertCancelled(job, worker);
	}

	@Test
	@DisplayName("Rule 8: a job that was cancelled while its process was dead does not start again")
	void aCancelledJobOfAKilledProcessDoesNotStartAgain() {
		WorkerProcess killed = this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL);
		long job = enqueue();
		killed.kill9();
		assertThat(client(this.notifications).cancel(new JobId(job)).effect()).isEqualTo(Effect.REQUESTED);
		this.processes.startWorker(this.queue.database(), WorkerOptions.USUAL);
		this.queue.awaitArchived(job);
		assertCancelled(job, killed);
	}

	private long enqueue() {
		long job = client(this.notifications).enqueue(JobRequest.ofKind("block")).id().value();
		this.queue.awaitStarts(job, 1);
		return job;
	}

	/**
	 * Returns how long after the beginning of a cancel the end of the job was recorded,
	 * in milliseconds by the database's clock.
	 */
	private long cancel(JobNotifications notifications, long job) {
		long before = this.queue.number("select (extract(epoch from clock_timestamp()) * 1000000)::bigint");
		assertThat(client(notifications).cancel(new JobId(job)).effect()).isEqualTo(Effect.REQUESTED);
		this.queue.awaitArchived(job);
		long after = this.queue.number(
				"select (extract(epoch from finished_at) * 1000000)::bigint from tasuki.job_archive where id = ?", job);
		return (after - before) / 1_000;
	}

	private void assertCancelled(long job, WorkerProcess onlyWorker) {
		assertThat(this.queue.archivedJob(job)).containsEntry("outcome", 2)
			.containsEntry("reason", "Cancelled by request")
			.containsEntry("attempt", 1)
			.containsEntry("errors", null);
		assertThat(this.queue.starts(job)).containsExactly(new Start(1, onlyWorker.pid()));
	}

	private JobClient client(JobNotifications notifications) {
		return ProducerMain.client(this.queue.dataSource(), notifications);
	}

	/** Loses everything. */
	private static final class LosingNotifications implements JobNotifications {

		@Override
		public void send(Collection<WakeUp> wakeUps) {
		}

		@Override
		public void sendCancelRequests(Collection<JobId> jobs) {
		}

		@Override
		public Subscription subscribe(Receiver receiver) {
			throw new UnsupportedOperationException();
		}

	}

}

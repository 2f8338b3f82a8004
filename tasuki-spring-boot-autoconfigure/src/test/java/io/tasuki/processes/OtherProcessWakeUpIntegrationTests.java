package io.tasuki.processes;

import java.time.Duration;

import io.tasuki.JobClient;
import io.tasuki.JobRequest;
import io.tasuki.faults.FaultTest;
import io.tasuki.postgres.PostgresJobNotifications;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that hears of jobs which another process enqueues. */
@FaultTest
class OtherProcessWakeUpIntegrationTests {

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(Duration.ofSeconds(20))
		.withPollInterval(Duration.ofSeconds(30));

	private static final Duration FAR_SOONER = Duration.ofSeconds(3);

	private static final int JOBS = 20;

	// From the moment at which the job could run to the handler's own write.
	private static final String SLOWEST_AND_MEDIAN_MILLIS = """
			select percentile_disc(array[1.0, 0.5]) within group (order by late)
			  from (
			    select (extract(epoch from ledger.at - greatest(job_archive.run_at, job_archive.created_at)) * 1000)::bigint as late
			      from ledger
			      join tasuki.job_archive on job_archive.id = ledger.job_id) as starts
			""";

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@AutoClose
	private final PostgresJobNotifications notifications = new PostgresJobNotifications(this.queue.dataSource(), false);

	private final JobClient jobs = ProducerMain.client(this.queue.dataSource(), this.notifications);

	@BeforeEach
	void startIdleWorker() {
		this.processes.startWorker(this.queue.database(), OPTIONS);
	}

	@Test
	@DisplayName("B27: a job enqueued in one JVM starts in another one's idle worker long before the next poll")
	void startsAJobOfAnotherProcessLongBeforeTheNextPoll() {
		for (int i = 0; i < JOBS; i++) {
			this.queue.awaitArchived(this.jobs.enqueue(JobRequest.ofKind("count")).id().value());
		}
		assertNoneLate("B27: enqueued in another JVM");
	}

	@Test
	@DisplayName("S14: a delayed job of another JVM starts on an idle worker when it is due")
	void startsADelayedJobOfAnotherProcessWhenItIsDue() {
		for (int i = 1; i <= JOBS; i++) {
			this.jobs.enqueue(JobRequest.ofKind("count").withDelay(Duration.ofMillis(500 + 50 * i)));
		}
		QueueTables.await("all have run").until(() -> this.queue.archived() == JOBS);
		assertNoneLate("S14: due on an idle worker");
	}

	private void assertNoneLate(String what) {
		Long[] millis = this.queue.jdbc()
			.queryForObject(SLOWEST_AND_MEDIAN_MILLIS, (row, number) -> (Long[]) row.getArray(1).getArray());
		System.out.printf("%s, %d jobs started after %d ms in the median, %d ms at most%n", what, JOBS, millis[1],
				millis[0]);
		assertThat(millis[0]).isBetween(0L, FAR_SOONER.toMillis());
	}

}

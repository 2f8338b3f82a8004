package io.tasuki.lifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

import io.tasuki.Job;
import io.tasuki.JobResult;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerListener;
import io.tasuki.worker.WorkerLoad;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What a worker says of what it has in hand, and of how late it is. */
@Timeout(120)
class LoadIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final Semaphore permits = new Semaphore(0);

	@AfterEach
	void close() {
		this.permits.release(100);
		this.fixture.close();
	}

	@Test
	void countsSlotsAndTheOutcomesThatAreNotRecorded() throws SQLException { // B52
		Worker worker = this.fixture.worker().slots(3).handler("work", (context) -> {
			this.permits.acquire();
			return JobResult.done();
		}).create();
		assertThat(worker.load()).isEqualTo(new WorkerLoad(0, 0, 0, 0));
		worker.start();
		this.fixture.insertMany(2, "work");
		this.fixture.await(() -> worker.load().equals(new WorkerLoad(3, 2, 0, 0)));
		try (Connection connection = this.fixture.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("select from tasuki.job for update");
			this.permits.release(2);
			this.fixture.await(() -> worker.load().equals(new WorkerLoad(3, 0, 0, 2)));
			connection.rollback();
		}
		this.fixture.await(() -> worker.load().equals(new WorkerLoad(3, 0, 0, 0)));
	}

	@Test
	void tellsHowLateAJobStartsByTheDatabasesClock() { // B52, S20
		Queue<Duration> waits = new ConcurrentLinkedQueue<>();
		Queue<Duration> sweeps = new ConcurrentLinkedQueue<>();
		this.fixture.worker()
			.poll(Duration.ofMillis(50))
			.handler("work", (context) -> JobResult.done())
			.listener(new WorkerListener() {

				@Override
				public void started(Job job, Duration waited) {
					waits.add(waited);
				}

				@Override
				public void swept(Duration took) {
					sweeps.add(took);
				}

			})
			.start();
		this.fixture.await(() -> !sweeps.isEmpty());
		assertThat(sweeps).first().satisfies((took) -> assertThat(took).isPositive());
		this.fixture.jdbc()
			.update("insert into tasuki.job (kind, run_at) values ('work', clock_timestamp() - interval '1 hour')");
		this.fixture.await(() -> !waits.isEmpty());
		assertThat(waits.remove()).isBetween(Duration.ofHours(1), Duration.ofMinutes(62));
	}

}

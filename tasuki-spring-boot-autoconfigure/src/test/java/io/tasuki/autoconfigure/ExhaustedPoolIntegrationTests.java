package io.tasuki.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.faults.FaultTest;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.worker.Worker;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that holds every connection of its own pool. */
@FaultTest
class ExhaustedPoolIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(1);

	private static final int POOL = 2;

	private static final int JOBS = 6;

	private static final String HELD = """
			select lease_expires_at > clock_timestamp() and lease_no = 1
			  from tasuki.job
			 where id = ?
			""";

	private final Database database = TestPostgres.shared().freshDatabase();

	private final JdbcTemplate look = new JdbcTemplate(
			new DriverManagerDataSource(this.database.jdbcUrl(), this.database.username(), this.database.password()));

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
		.withBean(Handlers.class)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(),
				"spring.datasource.hikari.maximum-pool-size=" + POOL, "spring.datasource.hikari.connection-timeout=500",
				"tasuki.retry.initial-delay=200ms", "tasuki.retry.multiplier=1",
				"tasuki.worker.lease-duration=" + LEASE.toMillis() + "ms");

	@Test
	@DisplayName("S26: the application holds its whole pool: heartbeats go on, jobs that need it wait and recover")
	void keepsLeasesAndLosesNoJobWhileThePoolIsExhausted() {
		this.application.run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			Handlers handlers = context.getBean(Handlers.class);
			JobId held = client.enqueue(new Hold()).id();
			List<JobId> jobs = enqueueMany(client);
			handlers.holding.await();
			List<Connection> all = takeEveryConnection(context.getBean(DataSource.class));
			handlers.exhausted.countDown();
			long begin = System.nanoTime();
			await().until(() -> handlers.refused.keySet().containsAll(jobs)
					&& System.nanoTime() - begin > 3 * LEASE.toNanos());
			assertThat(context.getBean(Worker.class).health().databaseReachable()).isTrue();
			assertThat(this.look.queryForObject(HELD, Boolean.class, held.value())).isTrue();
			assertThat(handlers.done).isEmpty();
			for (Connection connection : all) {
				connection.close();
			}
			handlers.finish.countDown();
			await()
				.until(() -> hasSucceeded(client, held) && jobs.stream().allMatch((job) -> hasSucceeded(client, job)));
			assertThat(handlers.done).hasSize(1 + jobs.size()).allSatisfy((job, times) -> assertThat(times).isOne());
		});
	}

	private static List<JobId> enqueueMany(JobClient client) {
		List<JobId> jobs = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			jobs.add(client.enqueue(new NeedPool()).id());
		}
		return jobs;
	}

	private static List<Connection> takeEveryConnection(DataSource pool) throws SQLException {
		List<Connection> connections = new ArrayList<>();
		for (int i = 0; i < POOL; i++) {
			connections.add(pool.getConnection());
		}
		return connections;
	}

	private static boolean hasSucceeded(JobClient client, JobId job) {
		return client.find(job).filter((found) -> found.state() == JobState.SUCCEEDED).isPresent();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

	record Hold() {
	}

	record NeedPool() {
	}

	/** Handlers with and without a need for the pool. */
	static class Handlers {

		private final JdbcTemplate jdbc;

		private final Map<JobId, Integer> refused = new ConcurrentHashMap<>();

		private final Map<JobId, Integer> done = new ConcurrentHashMap<>();

		private final CountDownLatch holding = new CountDownLatch(1);

		private final CountDownLatch exhausted = new CountDownLatch(1);

		private final CountDownLatch finish = new CountDownLatch(1);

		Handlers(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@JobHandler
		void hold(Hold job, JobContext context) throws InterruptedException {
			this.holding.countDown();
			this.finish.await();
			this.done.merge(context.job().id(), 1, Integer::sum);
		}

		@JobHandler
		void needPool(NeedPool job, JobContext context) throws InterruptedException {
			this.exhausted.await();
			try {
				this.jdbc.queryForObject("select 1", Integer.class);
			}
			catch (RuntimeException ex) {
				this.refused.merge(context.job().id(), 1, Integer::sum);
				throw ex;
			}
			this.done.merge(context.job().id(), 1, Integer::sum);
		}

	}

}

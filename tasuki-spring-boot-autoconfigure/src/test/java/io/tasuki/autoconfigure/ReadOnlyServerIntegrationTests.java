package io.tasuki.autoconfigure;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.faults.FaultTest;
import io.tasuki.localpostgres.EmbeddedPostgresServer;
import io.tasuki.store.JobStore;
import io.tasuki.store.NewJob;
import io.tasuki.worker.Worker;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application whose PostgreSQL becomes read-only, as in a failover, and writable
 * again.
 */
@FaultTest
class ReadOnlyServerIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	private static final int JOBS = 300;

	private static EmbeddedPostgresServer server;

	private final JdbcTemplate admin = new JdbcTemplate(
			new DriverManagerDataSource(server.jdbcUrl("postgres"), server.username(), server.password()));

	private final Handlers handlers = new Handlers();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class))
		.withBean(Handlers.class, () -> this.handlers)
		.withPropertyValues("spring.datasource.url=" + server.jdbcUrl("postgres"),
				"spring.datasource.username=" + server.username(), "spring.datasource.password=" + server.password(),
				"spring.datasource.hikari.maximum-pool-size=1",
				"spring.datasource.hikari.data-source-properties.ApplicationName=application",
				"tasuki.worker.lease-duration=" + LEASE.toMillis() + "ms", "tasuki.worker.poll-interval=200ms",
				"tasuki.worker.concurrency=4");

	@BeforeAll
	static void startServer() {
		server = EmbeddedPostgresServer.startTemporary();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	@DisplayName("S28: PostgreSQL is read-only for longer than a lease: worker and pool recover, no job is lost")
	void recoversWhenTheServerWasReadOnlyForAWhile() {
		this.application.run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			List<JobId> jobs = new ArrayList<>();
			jobs.add(client.enqueue(new Held()).id());
			for (int i = 0; i < JOBS; i++) {
				jobs.add(client.enqueue(new Count()).id());
			}
			this.handlers.started.await(30, TimeUnit.SECONDS);
			becomeReadOnly(true);
			long begin = System.nanoTime();
			assertUnfitConnectionsLeaveThePool(context);
			this.handlers.finish.countDown();
			await().until(() -> !context.getBean(Worker.class).health().databaseReachable());
			await().until(() -> System.nanoTime() - begin > LEASE.toNanos() * 3 / 2);
			becomeReadOnly(false);
			await().untilAsserted(() -> jobs.add(client.enqueue(new Count()).id()));
			await().until(() -> jobs.stream().allMatch((job) -> hasSucceeded(client, job)));
			assertThat(this.handlers.runs).hasSize(jobs.size()).allSatisfy((job, runs) -> assertThat(runs).isOne());
			await().until(() -> context.getBean(Worker.class).health().databaseReachable());
			assertThat(context.getBean(Worker.class).health().listening()).isTrue();
		});
	}

	private void assertUnfitConnectionsLeaveThePool(ApplicationContext context) {
		JobClient client = context.getBean(JobClient.class);
		TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
		List<Integer> kept = backends();
		transaction.setReadOnly(true);
		assertRefused(() -> transaction.executeWithoutResult((status) -> context.getBean(JobStore.class)
			.insert(List.of(new NewJob("Count", "default", null, 5, null, null, null, null, null, null)))));
		assertThat(backends()).isEqualTo(kept);
		transaction.setReadOnly(false);
		assertRefused(() -> transaction.executeWithoutResult((status) -> client.enqueue(new Count())));
		List<Integer> replaced = awaitOthersThan(kept);
		assertRefused(() -> client.enqueue(new Count()));
		awaitOthersThan(replaced);
		assertThat(context.getBean(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	private static void assertRefused(Runnable work) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(work::run)
			.satisfies(
					(failure) -> assertThat(NestedExceptionUtils.getMostSpecificCause(failure)).isInstanceOfSatisfying(
							SQLException.class, (refusal) -> assertThat(refusal.getSQLState()).isEqualTo("25006")));
	}

	private List<Integer> awaitOthersThan(List<Integer> before) {
		return await().until(this::backends, (now) -> !now.isEmpty() && now.stream().noneMatch(before::contains));
	}

	/** Returns the server's processes for the connections of the application's pool. */
	private List<Integer> backends() {
		return this.admin.queryForList("select pid from pg_stat_activity where application_name = 'application'",
				Integer.class);
	}

	private void becomeReadOnly(boolean readOnly) {
		this.admin.execute("alter system set default_transaction_read_only = %s".formatted((readOnly) ? "on" : "off"));
		this.admin.execute("select pg_reload_conf()");
		await().until(() -> this.admin.queryForObject("show default_transaction_read_only", String.class)
			.equals((readOnly) ? "on" : "off"));
	}

	private static boolean hasSucceeded(JobClient client, JobId job) {
		return client.find(job).filter((found) -> found.state() == JobState.SUCCEEDED).isPresent();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

	record Count() {
	}

	record Held() {
	}

	/** Count how often each job ran. */
	static class Handlers {

		private final Map<JobId, Integer> runs = new ConcurrentHashMap<>();

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch finish = new CountDownLatch(1);

		@JobHandler
		void count(Count job, JobContext context) {
			this.runs.merge(context.job().id(), 1, Integer::sum);
		}

		@JobHandler
		void hold(Held job, JobContext context) throws InterruptedException {
			this.runs.merge(context.job().id(), 1, Integer::sum);
			this.started.countDown();
			this.finish.await();
		}

	}

}

package io.tasuki.tour;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.tasuki.Admission;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobGate;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.autoconfigure.TasukiAutoConfiguration;
import io.tasuki.autoconfigure.TasukiWorkerAutoConfiguration;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** The code of {@code docs/limits.md}, but for the circuit breaker. */
class LimitsTourIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password());

	@Test
	@DisplayName("B21, B23, B31: the limits of the page, as an application sets them")
	void limits() {
		this.runner.withUserConfiguration(Mailer.class)
			.withPropertyValues("tasuki.worker.concurrency=32", "tasuki.queues.mail.concurrency=8",
					"tasuki.queues.mail.rate-limit=100/s")
			.run((context) -> {
				enqueue(context, 30, (number) -> new Welcome("user " + number));
				enqueue(context, 12, (number) -> new Text("number " + number));
				Mailer mailer = context.getBean(Mailer.class);
				await(() -> mailer.welcomed.size() == 30 && mailer.sent.size() == 10);
				assertThat(jobs(context, "select count(*) from tasuki.job where kind = 'Text' and lease_no = 0"))
					.as("beyond ten a minute")
					.isEqualTo(2);
			});
	}

	@Test
	@DisplayName("B24: the gate of the page lets jobs of a tenant wait, and uses up no attempt")
	void gate() {
		this.runner.withUserConfiguration(Mailer.class, Maintenance.class).run((context) -> {
			Maintenance maintenance = context.getBean(Maintenance.class);
			maintenance.begin();
			JobClient jobs = context.getBean(JobClient.class);
			JobId id = jobs.enqueue(JobRequest.of(new Welcome("ada")).withMaxAttempts(1)).id();
			await(() -> jobs(context,
					"select count(*) from tasuki.job where lease_no > 0 and lock_owner is null") == 1);
			assertThat(context.getBean(Mailer.class).welcomed).isEmpty();
			maintenance.end();
			await(() -> jobs.find(id).orElseThrow().state() == JobState.SUCCEEDED);
		});
	}

	@Test
	@DisplayName("B25: jobs run in the executors of the page")
	void executors() {
		this.runner.withUserConfiguration(Reports.class, ReportThreads.class)
			.withPropertyValues("tasuki.queues.imports.executor=reportThreads")
			.run((context) -> {
				JobClient jobs = context.getBean(JobClient.class);
				jobs.enqueue(new Report(2026));
				jobs.enqueue(JobRequest.of(new Import("a.csv")).withQueue("imports"));
				jobs.enqueue(JobRequest.of(new Import("b.csv")));
				Reports reports = context.getBean(Reports.class);
				await(() -> reports.threads.size() == 3);
				assertThat(reports.threads).filteredOn((thread) -> thread.startsWith("report-")).hasSize(2);
				assertThat(reports.threads).filteredOn((thread) -> thread.startsWith("tasuki-")).hasSize(1);
			});
	}

	private static void enqueue(AssertableApplicationContext context, int count, IntFunction<Object> payload) {
		context.getBean(JobClient.class).enqueueAll(IntStream.range(0, count).mapToObj(payload).toList());
	}

	private static long jobs(AssertableApplicationContext context, String sql) {
		Long count = context.getBean(JdbcTemplate.class).queryForObject(sql, Long.class);
		return (count != null) ? count : -1;
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

	record Welcome(String user) {
	}

	record Text(String number) {
	}

	record Report(int year) {
	}

	record Import(String file) {
	}

	// tag::mailer[]
	@Component
	static class Mailer {

		final Set<String> welcomed = ConcurrentHashMap.newKeySet();

		final Set<String> sent = ConcurrentHashMap.newKeySet();

		@JobHandler(queue = "mail", concurrency = 4)
		void welcome(Welcome job) {
			this.welcomed.add(job.user());
		}

		@JobHandler(queue = "mail", rateLimit = "10/m")
		void text(Text job) {
			this.sent.add(job.number());
		}

	}
	// end::mailer[]

	// tag::gate[]
	@Component
	@Order(1)
	static class Maintenance implements JobGate {

		private final AtomicBoolean on = new AtomicBoolean();

		@Override
		public Admission admit(Job job) {
			if (this.on.get() && job.queue().equals("mail")) {
				return Admission.defer(Duration.ofSeconds(1));
			}
			return Admission.grant();
		}

		void begin() {
			this.on.set(true);
		}

		void end() {
			this.on.set(false);
		}

	}
	// end::gate[]

	@Component
	static class Reports {

		final List<String> threads = new CopyOnWriteArrayList<>();

		// tag::executor[]
		@JobHandler(executor = "reportThreads", concurrency = 2)
		void build(Report report) {
			this.threads.add(Thread.currentThread().getName());
		}
		// end::executor[]

		@JobHandler
		void read(Import job) {
			this.threads.add(Thread.currentThread().getName());
		}

	}

	// tag::threads[]
	@Configuration(proxyBeanMethods = false)
	static class ReportThreads {

		@Bean(defaultCandidate = false)
		ThreadPoolTaskExecutor reportThreads() {
			ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
			threads.setThreadNamePrefix("report-");
			threads.setCorePoolSize(2);
			threads.setQueueCapacity(0);
			return threads;
		}

	}
	// end::threads[]

}

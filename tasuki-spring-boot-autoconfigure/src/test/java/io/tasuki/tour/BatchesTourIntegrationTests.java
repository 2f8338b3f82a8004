package io.tasuki.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.tasuki.BatchInterceptor;
import io.tasuki.BatchResult;
import io.tasuki.EnqueuedJob;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.annotation.JobArgumentResolver;
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
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/** The code of {@code docs/batches.md}. */
class BatchesTourIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(), "tasuki.retry.initial-delay=50ms");

	@Test
	@DisplayName("Batches: the index of the page takes many changes in one call")
	void index() {
		this.runner.withUserConfiguration(SearchIndex.class).run((context) -> {
			enqueue(context, IntStream.range(0, 250).mapToObj(ProductChanged::new).toList());
			SearchIndex index = context.getBean(SearchIndex.class);
			await(() -> index.products.size() == 250);
			assertThat(index.calls).hasSizeLessThan(250).allMatch((size) -> size <= 100);
		});
	}

	@Test
	@DisplayName("Batches: the mailing of the page gives each job a result of its own")
	void mailing() {
		this.runner.withUserConfiguration(Mailing.class).run((context) -> {
			enqueue(context, List.of(new Mail("ada@example.org"), new Mail("nobody"), new Mail("bob@example.org"),
					new Mail("greylisted@example.org")));
			await(() -> count(context, "select count(*) from tasuki.job_archive where outcome = 1") == 3);
			assertThat(count(context, "select count(*) from tasuki.job_dead where reason = 'No such address'")).isOne();
			assertThat(count(context, """
					select count(*) from tasuki.job_archive where attempt = 2 and errors->0->>'message' = 'Try later'
					""")).isOne();
		});
	}

	@Test
	@DisplayName("Batches: the import of the page writes and completes in one transaction")
	void imports() {
		this.runner.withUserConfiguration(Imports.class).run((context) -> {
			context.getBean(JdbcTemplate.class).execute("create table price (product int primary key, cents int)");
			enqueue(context, IntStream.range(0, 40).mapToObj((product) -> new PriceImported(product, 995)).toList());
			await(() -> count(context, "select count(*) from tasuki.job_archive where outcome = 1") == 40);
			assertThat(count(context, "select count(*) from price")).isEqualTo(40);
		});
	}

	@Test
	@DisplayName("Batches, B15: argument resolvers supply the elements of lists, one for each job")
	void arguments() {
		this.runner.withUserConfiguration(Billing.class, TenantResolver.class).run((context) -> {
			enqueue(context, IntStream.range(0, 40)
				.mapToObj((use) -> JobRequest.of(new Use(use, 5)).withMetadata("tenant", (use < 30) ? "ada" : "bob"))
				.toList());
			await(() -> count(context, "select count(*) from tasuki.job_archive where outcome = 1") == 40);
			assertThat(context.getBean(Billing.class).bills).containsOnly(Map.entry(new Tenant("ada"), 150),
					Map.entry(new Tenant("bob"), 50));
		});
	}

	@Test
	@DisplayName("Batches, B32: the interceptor of the page stands around whole batches")
	void interceptor() {
		this.runner.withUserConfiguration(Imports.class, NightWindow.class, Clock.class).run((context) -> {
			context.getBean(JdbcTemplate.class).execute("create table price (product int primary key, cents int)");
			enqueue(context, IntStream.range(0, 40).mapToObj((product) -> new PriceImported(product, 995)).toList());
			await(() -> count(context, """
					select count(*) from tasuki.job
					 where attempt = 0 and lease_no = 1 and run_at > now() + interval '50 min'
					""") == 40);
			context.getBean(Clock.class).night = true;
			enqueue(context, IntStream.range(40, 80).mapToObj((product) -> new PriceImported(product, 995)).toList());
			await(() -> count(context, "select count(*) from tasuki.job_archive where outcome = 1") == 40);
			assertThat(count(context, "select count(*) from price where product >= 40")).isEqualTo(40);
			assertThat(context.getBean(NightWindow.class).inTransaction).containsOnly(true);
		});
	}

	@Test
	@DisplayName("Batches, B56: the result of each job is kept")
	void results() {
		this.runner.withUserConfiguration(Reviews.class).run((context) -> {
			JobClient jobs = context.getBean(JobClient.class);
			List<JobId> ids = jobs
				.enqueueAll(IntStream.range(0, 40).mapToObj((n) -> new Review("!".repeat(n))).toList())
				.stream()
				.map(EnqueuedJob::id)
				.toList();
			for (int i = 0; i < 40; i++) {
				assertThat(jobs.awaitResult(ids.get(i), Score.class, Duration.ofSeconds(60))).contains(new Score(i));
			}
		});
	}

	private static void enqueue(ApplicationContext context, List<?> payloads) {
		context.getBean(JobClient.class).enqueueAll(payloads);
	}

	private static long count(ApplicationContext context, String sql) {
		Long count = context.getBean(JdbcTemplate.class).queryForObject(sql, Long.class);
		return (count != null) ? count : -1;
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

	record ProductChanged(int product) {
	}

	record Mail(String to) {
	}

	record PriceImported(int product, int cents) {
	}

	record Use(int number, int cents) {
	}

	record Tenant(String name) {
	}

	record Review(String text) {
	}

	record Score(int enthusiasm) {
	}

	@Component
	static class SearchIndex {

		final List<Integer> products = new CopyOnWriteArrayList<>();

		final List<Integer> calls = new CopyOnWriteArrayList<>();

		// tag::index[]
		@JobHandler(batchSize = 100)
		void index(List<ProductChanged> changes) {
			putAll(changes.stream().map(ProductChanged::product).distinct().toList());
		}
		// end::index[]

		private void putAll(List<Integer> products) {
			this.calls.add(products.size());
			this.products.addAll(products);
		}

	}

	@Component
	static class Mailing {

		// tag::mailing[]
		@JobHandler(batchSize = 50)
		BatchResult send(List<Mail> mails, List<JobContext> contexts) {
			BatchResult result = BatchResult.done();
			for (int i = 0; i < mails.size(); i++) {
				Job job = contexts.get(i).job();
				if (contexts.get(i).isCancelled()) {
					result = result.with(job.id(), JobResult.cancel("Unsubscribed meanwhile"));
				}
				else if (!mails.get(i).to().contains("@")) {
					result = result.with(job.id(), JobResult.fail("No such address"));
				}
				else {
					try {
						deliver(mails.get(i), job.attempt());
					}
					catch (IllegalStateException ex) {
						result = result.withFailure(job.id(), ex);
					}
				}
			}
			return result;
		}
		// end::mailing[]

		private void deliver(Mail mail, int attempt) {
			if (mail.to().startsWith("greylisted") && attempt == 1) {
				throw new IllegalStateException("Try later");
			}
		}

	}

	@Component
	static class Imports {

		private final JdbcTemplate jdbc;

		Imports(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		// tag::imports[]
		@Transactional
		@JobHandler(batchSize = 500)
		void write(List<PriceImported> prices) {
			List<Object[]> rows = new ArrayList<>();
			prices.forEach((price) -> rows.add(new Object[] { price.product(), price.cents() }));
			this.jdbc.batchUpdate("insert into price values (?, ?)", rows);
		}
		// end::imports[]

	}

	@Component
	static class TenantResolver implements JobArgumentResolver {

		@Override
		public boolean supports(MethodParameter parameter) {
			return parameter.getParameterType() == Tenant.class;
		}

		@Override
		public Tenant resolve(MethodParameter parameter, JobContext context) {
			return new Tenant(context.job().metadata().getOrDefault("tenant", "nobody"));
		}

	}

	@Component
	static class Billing {

		private final Map<Tenant, Integer> bills = new ConcurrentHashMap<>();

		// tag::arguments[]
		@JobHandler(batchSize = 100)
		void bill(List<Use> uses, List<Tenant> tenants) {
			for (int i = 0; i < uses.size(); i++) {
				this.bills.merge(tenants.get(i), uses.get(i).cents(), Integer::sum);
			}
		}
		// end::arguments[]

	}

	@Component
	static class Clock {

		private volatile boolean night;

	}

	@Component
	static class NightWindow implements BatchInterceptor {

		private final Clock clock;

		private final List<Boolean> inTransaction = new CopyOnWriteArrayList<>();

		NightWindow(Clock clock) {
			this.clock = clock;
		}

		// tag::interceptor[]
		@Override
		public BatchResult intercept(List<JobContext> batch, Callable<BatchResult> next) throws Exception {
			if (isNight()) {
				return next.call();
			}
			return BatchResult.all(JobResult.snooze(Duration.ofHours(1)));
		}
		// end::interceptor[]

		private boolean isNight() {
			this.inTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
			return this.clock.night;
		}

	}

	@Component
	static class Reviews {

		// tag::results[]
		@JobHandler(batchSize = 20, keepResult = true)
		List<Score> rate(List<Review> reviews) {
			return reviews.stream().map((review) -> new Score(review.text().length())).toList();
		}
		// end::results[]

	}

}

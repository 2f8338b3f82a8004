package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.actuate.TasukiHealthIndicator;
import io.tasuki.annotation.JobHandler;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.store.JobNotifications;
import io.tasuki.worker.Worker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class, TasukiHealthAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password());

	@BeforeEach
	void forgetGreetings() {
		Greeter.greeted.clear();
	}

	@Test
	@DisplayName("B1, S19: a job of a transaction that rolled back never runs, one that committed runs at once")
	void runsJobOfCommittedTransactionAndNoOther() {
		this.runner.withUserConfiguration(Greeter.class).run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			TransactionTemplate transactions = context.getBean(TransactionTemplate.class);
			transactions.executeWithoutResult((status) -> {
				client.enqueue(new Greeting("undone"));
				status.setRollbackOnly();
			});
			JobId id = transactions.execute((status) -> client.enqueue(new Greeting("ada")).id());
			assertThat(Greeter.greeted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ada on tasuki-1");
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(client.find(id))
					.hasValueSatisfying((found) -> assertThat(found.state()).isEqualTo(JobState.SUCCEEDED)));
			assertThat(Greeter.greeted).isEmpty();
		});
	}

	@Test
	void onlyEnqueuesWhereNoWorkerRuns() {
		this.runner.withPropertyValues("tasuki.worker.enabled=false")
			.withUserConfiguration(Greeter.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(Worker.class);
				JobId id = context.getBean(JobClient.class).enqueue(new Greeting("ada")).id();
				assertThat(context.getBean(JobClient.class).find(id))
					.hasValueSatisfying((found) -> assertThat(found.state()).isEqualTo(JobState.AVAILABLE));
			});
	}

	@Test
	void isHealthyOnceTheDatabaseAnswered() {
		this.runner.withUserConfiguration(Greeter.class)
			.run((context) -> Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(context.getBean(TasukiHealthIndicator.class).health().getStatus())
					.isEqualTo(Status.UP)));
	}

	@Test
	void worksAgainAfterStopAndStart() {
		this.runner.withUserConfiguration(Greeter.class).run((context) -> {
			context.getSourceApplicationContext().stop();
			context.getBean(JobClient.class).enqueue(new Greeting("ada"));
			assertThat(Greeter.greeted).isEmpty();
			context.getSourceApplicationContext().start();
			assertThat(Greeter.greeted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("ada");
		});
	}

	@Test
	void claimsUnderTheNameThatItWasGiven() {
		this.runner.withUserConfiguration(Greeter.class)
			.withPropertyValues("tasuki.worker.name=till seven")
			.run((context) -> {
				context.getBean(JobClient.class).enqueue(new Greeting("ada"));
				assertThat(Greeter.greeted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("ada");
				assertThat(new JdbcTemplate(context.getBean(DataSource.class))
					.queryForObject("select count(*) from tasuki.owner where worker = 'till seven'", Integer.class))
					.isOne();
			});
	}

	@Test
	void stopsEverythingWhenTheApplicationHasStoppedTheWorkerItself() {
		this.runner.withUserConfiguration(Greeter.class).run((context) -> {
			context.getBean(Worker.class).stop();
			context.getSourceApplicationContext().close();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("tasuki-keep-alive", "tasuki-janitor");
		});
	}

	@Test
	@DisplayName("S26: a job starts although the application holds its whole pool")
	void keepsTheWorkerOffAnExhaustedPool() {
		this.runner.withUserConfiguration(Greeter.class)
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=1")
			.run((context) -> {
				JobClient client = context.getBean(JobClient.class);
				client.enqueue(new Greeting("ada"));
				try (var held = context.getBean(DataSource.class).getConnection()) {
					assertThat(Greeter.greeted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("ada");
					assertThat(held.isClosed()).isFalse();
				}
			});
	}

	@Test
	void worksBehindProxiedDataSource() {
		this.runner.withUserConfiguration(Greeter.class, ProxyingConfiguration.class).run((context) -> {
			assertThat(context.getBean(DataSource.class)).isInstanceOf(LazyConnectionDataSourceProxy.class);
			assertThat(context.getBean(TasukiDataSources.class).engine()).isInstanceOf(HikariEngineDataSource.class);
			context.getBean(JobClient.class).enqueue(new Greeting("ada"));
			assertThat(Greeter.greeted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("ada");
		});
	}

	@Test
	void worksWithoutHikariPool() {
		this.runner.withUserConfiguration(Greeter.class, PlainDataSource.class)
			.withBean(Database.class, () -> this.database)
			.run((context) -> {
				assertThat(context.getBean(TasukiDataSources.class).engine())
					.isSameAs(context.getBean(DataSource.class));
				context.getBean(JobClient.class).enqueue(new Greeting("ada"));
				assertThat(Greeter.greeted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("ada");
			});
	}

	@Test
	void worksWithoutHikariOnClassPath() {
		this.runner.withUserConfiguration(Greeter.class)
			.withPropertyValues("spring.datasource.type=" + DriverManagerDataSource.class.getName())
			.withClassLoader(new FilteredClassLoader(HikariDataSource.class))
			.run((context) -> {
				assertThat(context.getBean(TasukiDataSources.class).engine())
					.isInstanceOf(DriverManagerDataSource.class)
					.isNotSameAs(context.getBean(DataSource.class));
				context.getBean(JobClient.class).enqueue(new Greeting("ada"));
				assertThat(Greeter.greeted.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("ada");
			});
	}

	@Test
	void delaysClientButNoJdbcTemplateForTheSchema() {
		this.runner.run((context) -> {
			assertThat(context.getBeanFactory().getDependenciesForBean("jdbcTemplate")).doesNotContain("tasukiSchema");
			assertThat(context.getBeanFactory().getBeanDefinition("jdbcTemplate").getDependsOn())
				.doesNotContain("tasukiSchema");
			assertThat(context.getBeanFactory().getDependenciesForBean("tasukiJobStore")).contains("tasukiSchema");
			assertThat(context.getBeanFactory().getBeanDefinition("tasukiSchema").getDependsOn())
				.contains("dataSourceScriptDatabaseInitializer");
		});
	}

	@Test
	void stepsBackForUsersNotifications() {
		this.runner.withBean("usersNotifications", JobNotifications.class, StorageStubs.StubNotifications::new)
			.run((context) -> {
				assertThat(context.getBeansOfType(JobNotifications.class)).containsOnlyKeys("usersNotifications");
				assertThat(context).doesNotHaveBean(NotificationsLifecycle.class);
			});
	}

	@Test
	void usesSchemaThatIsThereWhenItMayNotMakeOne() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("tasuki.jdbc.initialize-schema=never")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void explainsMissingSchema() {
		FailureAnalysis analysis = FailureAnalyses
			.of(this.runner.withPropertyValues("tasuki.jdbc.initialize-schema=never"));
		assertThat(analysis.getDescription()).contains("no tables of tasuki");
		assertThat(analysis.getAction()).contains("tasuki.jdbc.initialize-schema=always");
	}

	@Test
	void explainsMissingRightToCreateTheSchema() {
		JdbcTemplate admin = new JdbcTemplate(dataSource(this.database));
		admin.execute("create role poor login password 'poor'");
		try {
			FailureAnalysis analysis = FailureAnalyses.of(this.runner
				.withPropertyValues("spring.datasource.username=poor", "spring.datasource.password=poor"));
			assertThat(analysis.getDescription()).contains("may not create it");
			assertThat(analysis.getAction()).contains("a role that may create a schema");
		}
		finally {
			admin.execute("drop role poor");
		}
	}

	@Test
	void explainsUnreachableDatabase() {
		FailureAnalysis analysis = FailureAnalyses.of(this.runner
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://localhost:1/app?password=secret"));
		assertThat(analysis.getDescription())
			.startsWith("Cannot connect to the database jdbc:postgresql://localhost:1/app:")
			.contains("refused")
			.doesNotContain("secret");
		assertThat(analysis.getAction()).contains("Start PostgreSQL").contains("spring.datasource.url");
	}

	@Test
	void explainsUnknownUser() {
		FailureAnalysis analysis = FailureAnalyses
			.of(this.runner.withPropertyValues("spring.datasource.username=nobody_here"));
		assertThat(analysis.getDescription()).contains("Cannot connect to the database").contains("nobody_here");
		assertThat(analysis.getAction()).contains("spring.datasource.username and spring.datasource.password");
	}

	@Test
	void explainsUnknownDatabase() {
		FailureAnalysis analysis = FailureAnalyses
			.of(this.runner.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl() + "_not_there"));
		assertThat(analysis.getDescription()).contains("does not exist");
		assertThat(analysis.getAction()).contains("Create the database");
	}

	private static DriverManagerDataSource dataSource(Database database) {
		return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
	}

	record Greeting(String name) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Greeter {

		private static final BlockingQueue<String> greeted = new LinkedBlockingQueue<>();

		@JobHandler
		void greet(Greeting greeting) {
			greeted.add(greeting.name() + " on " + Thread.currentThread().getName());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxyingConfiguration {

		@Bean
		static BeanPostProcessor proxyDataSource() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String beanName) {
					return (bean instanceof HikariDataSource pool) ? new LazyConnectionDataSourceProxy(pool) : bean;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PlainDataSource {

		@Bean
		DataSource plainDataSource(Database database) {
			return dataSource(database);
		}

	}

}

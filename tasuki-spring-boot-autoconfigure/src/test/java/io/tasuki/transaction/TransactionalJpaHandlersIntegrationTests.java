package io.tasuki.transaction;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.annotation.JobHandler;
import io.tasuki.autoconfigure.TasukiAutoConfiguration;
import io.tasuki.autoconfigure.TasukiWorkerAutoConfiguration;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** Transactional handlers that write entities. */
@ExtendWith(OutputCaptureExtension.class)
class TransactionalJpaHandlersIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
				JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class))
		.withUserConfiguration(Entities.class)
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(), "spring.jpa.hibernate.ddl-auto=create",
				"tasuki.retry.initial-delay=20ms");

	@Test
	void writesEntitiesAndCompletesTogether(CapturedOutput output) {
		this.runner.run((context) -> {
			assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
			assertThat(output).contains("completes its jobs in its own transaction");
			assertThat(attemptsOf(context, () -> null)).containsExactly(1);
		});
	}

	@Test
	void undoesTheEntitiesOfAnAttemptThatThrows() {
		this.runner.run((context) -> assertThat(attemptsOf(context, () -> {
			if (context.getBean(Script.class).calls.get() == 1) {
				throw new IllegalStateException("first");
			}
			return null;
		})).containsExactly(2));
	}

	@Test
	void failsAnAttemptWhoseEntitiesCannotBeWrittenAtTheCommit() {
		this.runner.run((context) -> {
			context.getBean(JdbcTemplate.class).execute("alter table audit add constraint second check (attempt > 1)");
			assertThat(attemptsOf(context, () -> null)).containsExactly(2);
		});
	}

	@Test
	void undoesTheEntitiesOfARunWhoseLeaseWasLost() {
		this.runner.run((context) -> assertThat(attemptsOf(context, () -> {
			if (context.getBean(Script.class).calls.get() == 1) {
				// As a takeover would, but available at once.
				try (Connection other = context.getBean(DataSource.class).getConnection()) {
					other.createStatement().execute("""
							update tasuki.job
							   set lease_no = lease_no + 1, lock_owner = null, lease_expires_at = null""");
				}
			}
			return null;
		})).containsExactly(2));
	}

	private static List<Integer> attemptsOf(ApplicationContext context, Callable<?> then) {
		context.getBean(Script.class).then = then;
		JobClient client = context.getBean(JobClient.class);
		JobId id = client.enqueue(JobRequest.ofKind("audit")).id();
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(client.find(id))
				.hasValueSatisfying((found) -> assertThat(found.state()).isEqualTo(JobState.SUCCEEDED)));
		return context.getBean(JdbcTemplate.class).queryForList("select attempt from audit", Integer.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Audit.class)
	static class Entities {

		@Bean
		Script script() {
			return new Script();
		}

		@Bean
		Auditor auditor(EntityManager entities, Script script) {
			return new Auditor(entities, script);
		}

	}

	/** What the handler does after its write, call by call. */
	static class Script {

		private final AtomicInteger calls = new AtomicInteger();

		private volatile Callable<?> then = () -> null;

	}

	static class Auditor {

		private final EntityManager entities;

		private final Script script;

		Auditor(EntityManager entities, Script script) {
			this.entities = entities;
			this.script = script;
		}

		@Transactional
		@JobHandler("audit")
		void audit(JobContext context) throws Exception {
			this.script.calls.incrementAndGet();
			this.entities.persist(new Audit(context.attempt()));
			this.script.then.call();
		}

	}

	@Entity
	@Table(name = "audit")
	static class Audit {

		@Id
		@GeneratedValue(strategy = GenerationType.SEQUENCE)
		private Long id = 0L;

		private int attempt;

		Audit() {
		}

		Audit(int attempt) {
			this.attempt = attempt;
		}

		Long getId() {
			return this.id;
		}

		int getAttempt() {
			return this.attempt;
		}

	}

}

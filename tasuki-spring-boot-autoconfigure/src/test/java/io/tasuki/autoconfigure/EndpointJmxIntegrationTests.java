package io.tasuki.autoconfigure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.QueueOperations;
import io.tasuki.QueueSettings;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What operators see and change from a JMX console. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class EndpointJmxIntegrationTests {

	private static final String DOMAIN = "io.tasuki.jmx";

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, JacksonAutoConfiguration.class, JmxAutoConfiguration.class,
				EndpointAutoConfiguration.class, JmxEndpointAutoConfiguration.class, TasukiAutoConfiguration.class,
				TasukiWorkerAutoConfiguration.class, TasukiOperationsAutoConfiguration.class,
				TasukiEndpointAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password(), "spring.jmx.enabled=true",
				"management.endpoints.jmx.domain=" + DOMAIN, "management.endpoints.jmx.exposure.include=tasuki",
				"tasuki.worker.enabled=false");

	@Test
	@DisplayName("B54: over JMX each thing has an operation with a name and a description")
	void namesItsOperations() {
		run((context) -> {
			MBeanOperationInfo[] operations = operations();
			assertThat(operations).extracting(MBeanFeatureInfo::getName)
				.containsExactlyInAnyOrder("tasuki", "queues", "workers", "jobs", "job", "pause", "resume", "retry",
						"cancel", "runNow", "reschedule", "retryAll");
			assertThat(operations).filteredOn((operation) -> operation.getName().equals("reschedule"))
				.singleElement()
				.satisfies((operation) -> {
					assertThat(operation.getDescription())
						.isEqualTo("Has a waiting job wait until 'runAt', or for 'delay' from now on");
					assertThat(operation.getSignature()).extracting(MBeanFeatureInfo::getName)
						.containsExactly("id", "runAt", "delay");
				});
		}, EndpointApplication.WRITABLE);
	}

	@Test
	@DisplayName("B54: over JMX queues, jobs and workers are read, and nothing can be changed by default")
	void readsOnlyByDefault() {
		run((context) -> {
			JobId id = enqueue(context, JobRequest.of("SendInvoice", "ada@example.org").withUniqueKey("ada"));
			assertThat(operations()).extracting(MBeanFeatureInfo::getName)
				.containsExactlyInAnyOrder("tasuki", "queues", "workers", "jobs", "job");
			assertThat(invoke("queues")).hasToString("{queues=[{name=default, due=1, scheduled=0, running=0, dead=0, "
					+ "complete=true, pausedAt=null, concurrency=null}]}");
			assertThat(invoke("workers")).hasToString("{workers=[]}");
			Map<?, ?> page = (Map<?, ?>) invoke("jobs", "", "", "SendInvoice", "", "", "", "", "", "", "");
			assertThat((List<?>) page.get("jobs")).singleElement()
				.asString()
				.startsWith("{id=%s, kind=SendInvoice,".formatted(id))
				.contains("uniqueKey=******");
			assertThat(invoke("job", id.toString())).asString()
				.contains("payload=******", "no worker is alive at all")
				.doesNotContain("ada@");
		});
	}

	@Test
	@DisplayName("B54: over JMX jobs and queues are changed, and the log says that nobody knows by whom")
	void changesJobsAndQueues(CapturedOutput output) {
		run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			JobId id = enqueue(context, JobRequest.of("SendInvoice", "4711").withDelay(Duration.ofHours(1)));
			assertThat(invoke("reschedule", id.toString(), "2099-01-01T00:00:00Z", "")).asString()
				.contains("effect=RESCHEDULED");
			assertThat(client.find(id).orElseThrow().job().runAt()).isEqualTo("2099-01-01T00:00:00Z");
			assertThat(invoke("runNow", id.toString())).asString().contains("effect=RESCHEDULED");
			assertThat(invoke("retry", id.toString())).asString()
				.contains("changed=false", "effect=NOT_DEAD", "it is AVAILABLE, and only dead jobs can be retried");
			assertThat(invoke("cancel", id.toString())).asString().contains("effect=CANCELLED");
			assertThat(client.find(id).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
			assertThat(invoke("pause", "mail/foreign")).asString().contains("paused=true");
			assertThat(context.getBean(QueueOperations.class).list()).singleElement().matches(QueueSettings::isPaused);
			assertThat(invoke("resume", "mail/foreign")).asString().contains("paused=false");
			assertThat(invoke("retryAll", "", "", "", "", "", "", "", "", "", "")).asString().contains("dryRun=true");
			assertThat(invoke("retryAll", "", "", "", "", "", "", "", "", "", "false")).asString()
				.contains("dryRun=false");
			assertThat(output).contains(
					"Somebody, JMX does not say who, asked over JMX to cancel job %s: It has ended as cancelled"
						.formatted(id),
					"asked over JMX to pause queue 'mail/foreign': None of its jobs starts any more.");
		}, EndpointApplication.WRITABLE);
	}

	@Test
	@DisplayName("B54: over JMX bad input is refused with what to do")
	void refusesBadInput() {
		run((context) -> {
			assertRefused("'' is missing", "'id' is missing: say which one is meant", "job", "");
			assertRefused("not a number", "'x' is not the id of a job: ids are numbers from 1 on", "cancel", "x");
			assertRefused("not there", "There is no job 4711, or not any more: an old one may have been deleted", "job",
					"4711");
			assertRefused("no queue", "'queue' is missing: say which one is meant", "pause", "");
		}, EndpointApplication.WRITABLE);
	}

	private static void assertRefused(String what, String message, String operation, String argument) {
		assertThatExceptionOfType(JMException.class).as(what)
			.isThrownBy(() -> server().invoke(name(), operation, new Object[] { argument },
					new String[] { String.class.getName() }))
			.withMessage(message);
	}

	private void run(Consumer<ApplicationContext> test, String... properties) {
		this.application.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	private static JobId enqueue(ApplicationContext context, JobRequest<?> request) {
		return context.getBean(JobClient.class).enqueue(request).id();
	}

	private static Object invoke(String operation, String... arguments) {
		try {
			return server().invoke(name(), operation, arguments,
					Stream.generate(String.class::getName).limit(arguments.length).toArray(String[]::new));
		}
		catch (JMException ex) {
			throw new IllegalStateException(Arrays.toString(arguments), ex);
		}
	}

	private static MBeanOperationInfo[] operations() {
		try {
			return server().getMBeanInfo(name()).getOperations();
		}
		catch (JMException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static MBeanServer server() {
		return ManagementFactory.getPlatformMBeanServer();
	}

	private static ObjectName name() throws JMException {
		return new ObjectName(DOMAIN + ":type=Endpoint,name=Tasuki");
	}

}

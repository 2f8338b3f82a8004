package io.tasuki.autoconfigure;

import java.util.List;

import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.annotation.JobHandler;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.store.JobSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PayloadStartCheckIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final ApplicationContextRunner producer = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TasukiAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + this.database.jdbcUrl(),
				"spring.datasource.username=" + this.database.username(),
				"spring.datasource.password=" + this.database.password());

	private final ApplicationContextRunner noHandlers = this.producer
		.withConfiguration(AutoConfigurations.of(TasukiWorkerAutoConfiguration.class));

	private final ApplicationContextRunner worker = this.noHandlers.withUserConfiguration(Counter.class);

	private long unreadable;

	@BeforeEach
	void enqueueWhatCannotBeRead() {
		this.producer.run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			client.enqueue(JobRequest.of("count", 7).withQueue("numbers"));
			JobId id = client.enqueue(JobRequest.of("count", "seven").withQueue("numbers")).id();
			this.unreadable = id.value();
		});
	}

	@Test
	void doesNotStartWhereWaitingJobsWouldBeDead() {
		FailureAnalysis analysis = FailureAnalyses
			.of(this.worker.withPropertyValues("tasuki.worker.check-payloads=fail"));
		assertThat(analysis.getDescription()).contains("1 waiting jobs would be dead at once")
			.contains("job %d of kind 'count' in queue 'numbers'".formatted(this.unreadable))
			.contains("Counter.count(int)");
		assertThat(analysis.getAction()).contains("PayloadUpcaster").contains("tasuki.worker.check-payloads=warn");
	}

	@Test
	void doesNotStartWhereWaitingJobsOfABatchHandlerWouldBeDead() {
		FailureAnalysis analysis = FailureAnalyses.of(this.noHandlers.withUserConfiguration(BatchCounter.class)
			.withPropertyValues("tasuki.worker.check-payloads=fail"));
		assertThat(analysis.getDescription()).contains("1 waiting jobs would be dead at once")
			.contains("job %d of kind 'count' in queue 'numbers'".formatted(this.unreadable))
			.contains("BatchCounter.count(List)");
	}

	@Test
	void namesWaitingJobsThatWillBeDead(CapturedOutput output) {
		this.worker.withPropertyValues("tasuki.worker.check-payloads=warn").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains(
					"job %d of kind 'count' in queue 'numbers' (attempt 0) waits, but".formatted(this.unreadable));
		});
	}

	@Test
	void looksAtNothingUnlessAsked(CapturedOutput output) {
		this.worker.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).doesNotContain("cannot read its payload");
		});
	}

	@Test
	void startsWhereItCannotLook(CapturedOutput output) {
		this.worker.withPropertyValues("tasuki.worker.check-payloads=fail")
			.withBean(JobSample.class, () -> (queues, kinds, perKind) -> {
				throw new IllegalStateException("no database");
			})
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).contains("Cannot check whether the payloads of waiting jobs can be read");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Counter {

		@JobHandler(value = "count", queue = "numbers")
		void count(int number) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BatchCounter {

		@JobHandler(value = "count", queue = "numbers", batchSize = 10)
		void count(List<Integer> numbers) {
		}

	}

}

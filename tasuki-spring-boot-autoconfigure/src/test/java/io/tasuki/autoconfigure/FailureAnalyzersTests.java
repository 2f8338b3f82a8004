package io.tasuki.autoconfigure;

import java.io.IOException;
import java.time.Duration;

import javax.sql.DataSource;

import io.tasuki.Backoff;
import io.tasuki.annotation.JobHandler;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class FailureAnalyzersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiAutoConfiguration.class, TasukiWorkerAutoConfiguration.class));

	private final ApplicationContextRunner withStorage = this.runner.withUserConfiguration(StorageStubs.class);

	@Test
	void explainsMissingDataSource() {
		FailureAnalysis analysis = FailureAnalyses.of(this.runner);
		assertThat(analysis.getDescription()).contains("there is no DataSource bean");
		assertThat(analysis.getAction()).contains("spring-boot-starter-jdbc")
			.contains("spring.datasource.url")
			.contains("tasuki.enabled=false");
	}

	@Test
	void explainsThatNoneOfSeveralDataSourcesIsChosen() {
		FailureAnalysis analysis = FailureAnalyses.of(this.runner.withUserConfiguration(Two.class));
		assertThat(analysis.getDescription()).contains("none of them is chosen: orders, reports");
		assertThat(analysis.getAction()).contains("@TasukiDataSource").contains("@Primary");
	}

	@Test
	void explainsTwoHandlersOfOneKind() {
		FailureAnalysis analysis = FailureAnalyses
			.of(this.withStorage.withUserConfiguration(First.class, Second.class));
		assertThat(analysis.getDescription()).contains("kind 'same'")
			.contains("First.handle()")
			.contains("Second.handle()");
		assertThat(analysis.getAction()).contains("another kind");
	}

	@Test
	void explainsHandlerWithTwoPayloads() {
		FailureAnalysis analysis = FailureAnalyses.of(this.withStorage.withUserConfiguration(TwoPayloads.class));
		assertThat(analysis.getDescription()).contains("TwoPayloads.handle(String, Integer)")
			.contains("takes two payloads");
		assertThat(analysis.getAction()).contains("put both into one record");
	}

	@Test
	void explainsMissingExecutor() { // B25
		FailureAnalysis analysis = FailureAnalyses
			.of(this.withStorage.withPropertyValues("tasuki.queues.mail.executor=mailThreads"));
		assertThat(analysis.getDescription()).contains("queue 'mail' names the executor 'mailThreads'")
			.contains("No bean named 'mailThreads' available");
		assertThat(analysis.getAction()).contains("java.util.concurrent.Executor").contains("'mailThreads'");
	}

	@Test
	void explainsBeanThatIsNoExecutor() { // B25
		FailureAnalysis analysis = FailureAnalyses
			.of(this.withStorage.withUserConfiguration(NoExecutor.class).withBean("text", String.class, () -> "text"));
		assertThat(analysis.getDescription()).contains("NoExecutor.handle()")
			.contains("names the executor 'text'")
			.contains("java.lang.String");
	}

	@Test
	void explainsNegativeConcurrency() {
		FailureAnalysis analysis = FailureAnalyses
			.of(this.withStorage.withPropertyValues("tasuki.worker.concurrency=-1"));
		assertThat(analysis.getDescription()).contains("'-1'")
			.contains("'tasuki.worker.concurrency'")
			.contains("Must be at least 1");
	}

	@Test
	void explainsBackoffOfAQueueThatMakesNoSense() { // B39
		FailureAnalysis analysis = FailureAnalyses
			.of(this.withStorage.withPropertyValues("tasuki.queues.mail.backoff.jitter=2"));
		assertThat(analysis.getDescription())
			.contains("Invalid value '2' for configuration property 'tasuki.queues.mail.backoff.jitter'")
			.contains("Must be between 0.0 and 1.0.");
	}

	@Test
	void explainsBackoffBeanThatDoesNotExist() { // B39
		FailureAnalysis analysis = FailureAnalyses.of(this.withStorage.withUserConfiguration(LostBackoff.class));
		assertThat(analysis.getDescription()).contains("LostBackoff.handle()")
			.contains("names as its backoff the bean 'nowhere', which does not exist");
		assertThat(analysis.getAction()).contains("Name a bean of type io.tasuki.Backoff (there are [office])");
	}

	@Test
	void explainsRetryRuleThatChangesNothing() { // B17
		FailureAnalysis analysis = FailureAnalyses.of(this.withStorage.withUserConfiguration(IdleRule.class));
		assertThat(analysis.getDescription()).contains("IdleRule.handle()")
			.contains("retryFor java.io.IOException changes nothing");
		assertThat(analysis.getAction()).contains("Correct the attributes of @JobHandler");
	}

	@Test
	void explainsOverlongQueueName() {
		FailureAnalysis analysis = FailureAnalyses
			.of(this.withStorage.withPropertyValues("tasuki.queues.%s.concurrency=1".formatted("q".repeat(129))));
		assertThat(analysis.getDescription()).contains("'tasuki.queues'").contains("at most 128 characters");
	}

	@Configuration(proxyBeanMethods = false)
	static class NoExecutor {

		@JobHandler(value = "x", executor = "text")
		void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		DataSource orders() {
			return new PGSimpleDataSource();
		}

		@Bean
		DataSource reports() {
			return new PGSimpleDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class First {

		@JobHandler("same")
		void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Second {

		@JobHandler("same")
		void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoPayloads {

		@JobHandler("x")
		void handle(String first, Integer second) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LostBackoff {

		@Bean(defaultCandidate = false)
		static Backoff office() {
			return Backoff.constant(Duration.ofHours(8));
		}

		@JobHandler(value = "x", backoff = "nowhere")
		void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class IdleRule {

		@JobHandler(value = "x", retryFor = IOException.class)
		void handle() {
		}

	}

}

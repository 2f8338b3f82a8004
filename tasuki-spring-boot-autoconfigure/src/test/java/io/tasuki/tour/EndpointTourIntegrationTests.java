package io.tasuki.tour;

import java.util.function.Consumer;

import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.QueueOperations;
import io.tasuki.QueueSettings;
import io.tasuki.actuate.JobMasker;
import io.tasuki.autoconfigure.EndpointApplication;
import io.tasuki.autoconfigure.EndpointClient;
import io.tasuki.localpostgres.TestPostgres;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the code of docs/endpoint.md. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class EndpointTourIntegrationTests {

	private final WebApplicationContextRunner application = EndpointApplication
		.on(TestPostgres.shared().freshDatabase())
		.withPropertyValues(EndpointApplication.WRITABLE, "tasuki.worker.enabled=false");

	private final WebApplicationContextRunner secured = this.application.withConfiguration(
			AutoConfigurations.of(SecurityAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class,
					SecurityFilterAutoConfiguration.class, ManagementWebSecurityAutoConfiguration.class));

	@Test
	@DisplayName("B54: with Spring Security support reads, operators write, everybody else is refused, and the log names the user")
	void isSecuredAsAnyEndpoint(CapturedOutput output) {
		run(this.secured, Secured.class, (context) -> {
			EndpointClient anonymous = new EndpointClient(context);
			EndpointClient support = anonymous.as("bob", "bob's");
			EndpointClient operator = anonymous.as("ada", "ada's");
			assertThat(anonymous.get("/queues").status()).isEqualTo(401);
			assertThat(anonymous.post("/queues/mail/pause", "{}").status()).isEqualTo(401);
			assertThat(anonymous.as("ada", "wrong").get("/queues").status()).isEqualTo(401);
			assertThat(support.get("/queues").status()).isEqualTo(200);
			assertThat(support.post("/queues/mail/pause", "{}").status()).isEqualTo(403);
			assertThat(context.getBean(QueueOperations.class).list()).isEmpty();
			assertThat(operator.get("/queues").status()).isEqualTo(200);
			operator.write("/queues/mail/pause", "{}");
			assertThat(context.getBean(QueueOperations.class).list()).singleElement().matches(QueueSettings::isPaused);
		});
		assertThat(output).contains("User 'ada' asked over HTTP to pause queue 'mail': None of its jobs starts")
			.doesNotContain("User 'bob'");
	}

	@Test
	@DisplayName("B54: a masker of the application's own decides what is shown")
	void showsWhatTheMaskerShows() {
		run(this.application, Masking.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			JobId photo = client.enqueue(JobRequest.of("ResizePhoto", 17)).id();
			JobId mail = client
				.enqueue(JobRequest.of("SendInvoice", 4711)
					.withMetadata("tenant", "acme")
					.withMetadata("customer", "ada@example.org"))
				.id();
			EndpointClient http = new EndpointClient(context);
			assertThat(http.read("/jobs/" + photo).path("payload").asString()).isEqualTo("17");
			JsonNode masked = http.read("/jobs/" + mail);
			assertThat(masked.path("payload").asString()).isEqualTo("******");
			assertThat(masked.path("metadata").path("tenant").asString()).isEqualTo("acme");
			assertThat(masked.path("metadata").path("customer").asString()).isEqualTo("******");
			assertThat(client.find(mail).orElseThrow().state()).isEqualTo(JobState.AVAILABLE);
		});
	}

	private static void run(WebApplicationContextRunner application, Class<?> configuration,
			Consumer<AssertableWebApplicationContext> test) {
		application.withUserConfiguration(configuration).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Masking {

		// tag::masker[]
		@Bean
		JobMasker jobMasker() {
			return (value) -> switch (value.part()) {
				case ERROR, LOG_LINE, PROGRESS_NOTE -> value.value();
				case PAYLOAD -> value.kind().equals("ResizePhoto") ? value.value() : JobMasker.MASKED;
				case METADATA -> "tenant".equals(value.name()) ? value.value() : JobMasker.MASKED;
				default -> JobMasker.MASKED;
			};
		}
		// end::masker[]

	}

	@Configuration(proxyBeanMethods = false)
	static class Secured {

		// tag::security[]
		@Bean
		SecurityFilterChain operators(HttpSecurity http) {
			return http.securityMatcher(EndpointRequest.to("tasuki"))
				.authorizeHttpRequests((requests) -> requests
					.requestMatchers(EndpointRequest.to("tasuki").withHttpMethod(HttpMethod.GET))
					.hasAnyRole("SUPPORT", "OPERATOR")
					.anyRequest()
					.hasRole("OPERATOR"))
				.httpBasic(Customizer.withDefaults())
				.csrf((csrf) -> csrf.disable())
				.build();
		}
		// end::security[]

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("bob").password("{noop}bob's").roles("SUPPORT").build(),
					User.withUsername("ada").password("{noop}ada's").roles("OPERATOR").build());
		}

	}

}

package io.tasuki.annotation;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.tasuki.Backoff;
import io.tasuki.BackoffType;
import io.tasuki.Handler;
import io.tasuki.JobContext;
import io.tasuki.JobInterceptor;
import io.tasuki.JobResult;
import io.tasuki.RetryRules;
import io.tasuki.TasukiException;
import io.tasuki.worker.HandlerRegistration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a handler method can ask for around its attempts. */
class HandlerOptionsTests {

	@Test
	void readsWhatNotToRetry() { // B17
		try (HandlerContext context = HandlerContext.of(Rules.class)) {
			RetryRules rules = Objects.requireNonNull(context.handler("ruled").retries().rules());
			assertThat(rules.refusing(new EOFException())).isEqualTo(IOException.class);
			assertThat(rules.refusing(new FileNotFoundException())).isNull();
			assertThat(context.handler("unruled").retries().rules()).isNull();
		}
	}

	@Test
	void readsBackoffs() { // B39
		try (HandlerContext context = HandlerContext.of(Backoffs.class)) {
			assertThat(context.handler("bean").retries().backoff()).isSameAs(context.getBean("office"));
			assertThat(waits(context, "constant")).containsExactly(3L, 3L, 3L);
			assertThat(waits(context, "linear")).containsExactly(1L, 2L, 3L);
			assertThat(waits(context, "steps")).containsExactly(1L, 6L, 8L);
			assertThat(waits(context, "exponential")).containsExactly(5L, 15L, 45L);
			assertThat(waits(context, "polynomial")).containsExactly(1L, 8L, 27L);
			assertThat(waits(context, "composed")).containsExactly(7L, 7L, 7L);
			assertThat(context.handler("none").retries().backoff()).isNull();
		}
	}

	private static List<Long> waits(HandlerContext context, String kind) {
		Backoff backoff = Objects.requireNonNull(context.handler(kind).retries().backoff());
		return IntStream.rangeClosed(1, 3).mapToObj((attempt) -> backoff.after(attempt).toSeconds()).toList();
	}

	@Test
	void takesArgumentsFromResolversBeforeThePayload() throws Exception { // B15
		try (HandlerContext context = HandlerContext.of(Resolved.class)) {
			assertThat(context.run("mixed", "\"ada\"")).isEqualTo(JobResult.cancel("tenant of 7, ada, job 7"));
			assertThat(context.run("annotated", null)).isEqualTo(JobResult.cancel("42"));
			assertThat(context.run("nullable", null)).isEqualTo(JobResult.cancel("null"));
		}
	}

	@Test
	void saysWhichResolverGaveWhatNobodyCanTake() { // B15
		try (HandlerContext context = HandlerContext.of(Resolved.class)) {
			assertThatExceptionOfType(TasukiException.class).isThrownBy(() -> context.run("wrong", null))
				.withMessageContaining("the numbers gave a java.lang.Integer for the java.util.List")
				.withMessageContaining("Resolved.wrong(List)");
			assertThatExceptionOfType(TasukiException.class).isThrownBy(() -> context.run("primitive", null))
				.withMessageContaining("the numbers gave null for the int")
				.withMessageContaining("Resolved.primitive(int)");
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> context.run("broken", null))
				.withMessage("no tenants today");
		}
	}

	@Test
	void standsInsideOfInterceptorsLikeAnyHandlerBean() throws Exception { // B32
		try (HandlerContext context = HandlerContext.of(Intercepted.class)) {
			List<String> calls = context.getBean(Intercepted.class).calls;
			assertThat(context.run("method", null)).isEqualTo(JobResult.done());
			assertThat(calls).containsExactly("outer", "inner", "method");
			calls.clear();
			assertThat(context.run("bean", null)).isEqualTo(JobResult.done());
			assertThat(calls).containsExactly("outer", "inner", "bean");
		}
	}

	static class Rules {

		@JobHandler(value = "ruled", noRetryFor = IOException.class, retryFor = FileNotFoundException.class)
		void ruled() {
		}

		@JobHandler("unruled")
		void unruled() {
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RetryBackoff(type = BackoffType.CONSTANT, initialDelay = "7s", jitter = 0)
	@interface EverySevenSeconds {

	}

	static class Backoffs {

		@Bean
		static Backoff office() {
			return (failedAttempt) -> Duration.ofHours(8);
		}

		@JobHandler(value = "bean", backoff = "${no.such.property:office}")
		void bean() {
		}

		@RetryBackoff(type = BackoffType.CONSTANT, initialDelay = "3s", jitter = 0)
		@JobHandler("constant")
		void constant() {
		}

		@RetryBackoff(type = BackoffType.LINEAR, initialDelay = "1s", jitter = 0)
		@JobHandler("linear")
		void linear() {
		}

		@RetryBackoff(type = BackoffType.LINEAR, initialDelay = "${no.such.property:1s}", increment = "PT5S",
				maxDelay = "8s", jitter = 0)
		@JobHandler("steps")
		void steps() {
		}

		@RetryBackoff(multiplier = 3, jitter = 0)
		@JobHandler("exponential")
		void exponential() {
		}

		@RetryBackoff(type = BackoffType.POLYNOMIAL, initialDelay = "1s", exponent = 3, jitter = 0)
		@JobHandler("polynomial")
		void polynomial() {
		}

		@EverySevenSeconds
		@JobHandler("composed")
		void composed() {
		}

		@JobHandler("none")
		void none() {
		}

	}

	record Tenant(String name) {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Number {

		int value();

	}

	static class Resolved {

		@Bean
		static JobArgumentResolver tenants() {
			return new JobArgumentResolver() {

				@Override
				public boolean supports(MethodParameter parameter) {
					return parameter.getParameterType() == Tenant.class;
				}

				@Override
				public Object resolve(MethodParameter parameter, JobContext context) throws Exception {
					if ("broken".equals(Objects.requireNonNull(parameter.getMethod()).getName())) {
						throw new IOException("no tenants today");
					}
					return new Tenant("tenant of " + context.job().id());
				}

			};
		}

		@Bean
		@Order(1)
		static JobArgumentResolver numbers() {
			return new Numbers(true);
		}

		// Comes after the other, so it is never asked to resolve.
		@Bean
		@Order(2)
		static JobArgumentResolver otherNumbers() {
			return new Numbers(false);
		}

		@JobHandler("mixed")
		JobResult mixed(Tenant tenant, String payload, JobContext context) {
			return JobResult.cancel("%s, %s, job %s".formatted(tenant.name(), payload, context.job().id()));
		}

		@JobHandler("annotated")
		JobResult annotated(@Number(42) int number) {
			return JobResult.cancel(Integer.toString(number));
		}

		@JobHandler("nullable")
		JobResult nullable(@Number(0) @Nullable String nothing) {
			return JobResult.cancel(String.valueOf(nothing));
		}

		@JobHandler("primitive")
		void primitive(@Number(0) int nothing) {
		}

		@JobHandler("wrong")
		void wrong(@Number(1) List<String> list) {
		}

		@JobHandler("broken")
		void broken(Tenant tenant) {
		}

	}

	private record Numbers(boolean first) implements JobArgumentResolver {

		@Override
		public boolean supports(MethodParameter parameter) {
			return parameter.hasParameterAnnotation(Number.class);
		}

		@Override
		public @Nullable Object resolve(MethodParameter parameter, JobContext context) {
			assertThat(this.first).isTrue();
			int number = Objects.requireNonNull(parameter.getParameterAnnotation(Number.class)).value();
			return (number != 0) ? number : null;
		}

		@Override
		public String toString() {
			return "the numbers";
		}

	}

	static class Intercepted {

		private final List<String> calls = new ArrayList<>();

		@JobHandler("method")
		void method() {
			this.calls.add("method");
		}

		@Bean
		HandlerRegistration bean() {
			return HandlerRegistration.of("bean", (context) -> {
				this.calls.add("bean");
				return JobResult.done();
			});
		}

		@Bean
		@Order(2)
		JobInterceptor inner() {
			return noting("inner");
		}

		@Bean
		@Order(1)
		JobInterceptor outer() {
			return noting("outer");
		}

		private JobInterceptor noting(String name) {
			return (JobContext context, Handler next) -> {
				this.calls.add(name);
				return next.handle(context);
			};
		}

	}

}

package io.tasuki.annotation;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.tasuki.Backoff;
import io.tasuki.JobContext;
import io.tasuki.JobKind;
import io.tasuki.JobResult;
import io.tasuki.PayloadUpcaster;
import io.tasuki.worker.DuplicateHandlerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvalidHandlerTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void refusesToStart(Class<?> bean, String problem, String remedy) {
		try (HandlerContext context = new HandlerContext(bean)) {
			assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(context::refresh).satisfies((ex) -> {
				assertThat(ex.handler()).startsWith(bean.getName() + ".handle(").contains("of bean '");
				assertThat(ex.problem()).contains(problem);
				assertThat(ex.remedy()).contains(remedy);
			});
		}
	}

	static List<Arguments> refusesToStart() {
		return List.of(Arguments.of(TwoPayloads.class, "takes two payloads", "one record"),
				Arguments.of(PrivateMethod.class, "is private", "visibility"),
				Arguments.of(StaticMethod.class, "is static", "method of the bean"),
				Arguments.of(ReturnsString.class, "returns java.lang.String", "JobResult"),
				Arguments.of(ReturnsFuture.class, "returns java.util.concurrent.CompletableFuture", "JobResult"),
				Arguments.of(KeepsNothing.class, "has no result to keep: it returns void", "remove keepResult"),
				Arguments.of(KeepsFuture.class,
						"has no result to keep: it returns java.util.concurrent.CompletableFuture",
						"Return what the job came to"),
				Arguments.of(OtherQueue.class, "names the queue 'a', and @JobKind on its payload the queue 'b'",
						"in one place"),
				Arguments.of(OpenPayload.class, "open type T", "concrete"),
				Arguments.of(OpenList.class, "open type java.util.List<T>", "concrete"),
				Arguments.of(NoPayloadNoKind.class, "takes no payload", "Name the kind"),
				Arguments.of(PlainPayloadNoKind.class, "takes a java.lang.String", "Name the kind"),
				Arguments.of(InterfacePayloadNoKind.class, "does not tell its kind", "Name the kind"),
				Arguments.of(NegativeConcurrency.class, "concurrency -1", "positive"),
				Arguments.of(NegativeMaxAttempts.class, "maxAttempts -3", "positive"),
				Arguments.of(BlankKind.class, "Kind must not be blank", "@JobHandler"),
				Arguments.of(BlankAlias.class, "Kind must not be blank", "@JobHandler"),
				Arguments.of(UnreadableTimeout.class, "'soon' is not a valid duration", "@JobHandler"),
				Arguments.of(NegativeTimeout.class, "must be positive, not PT-3S", "@JobHandler"),
				Arguments.of(ContradictingRules.class, "stands both in noRetryFor and in retryFor", "@JobHandler"),
				Arguments.of(IdleRule.class, "retryFor java.io.IOException changes nothing", "@JobHandler"),
				Arguments.of(NoSuchBackoff.class, "the bean 'nowhere', which does not exist",
						"of type io.tasuki.Backoff (there is none yet)"),
				Arguments.of(NotABackoff.class, "the bean 'text', which is a java.lang.String", "there are [office]"),
				Arguments.of(TwoBackoffs.class, "two backoffs, @RetryBackoff and the bean 'office'", "Remove one"),
				Arguments.of(BackoffBeyondItsLimit.class, "Max delay PT1H must not be below the initial PT2H",
						"@RetryBackoff"),
				Arguments.of(UnreadableBackoff.class, "'soon' is not a valid duration", "@RetryBackoff"),
				Arguments.of(UpcasterForNobody.class, "Nothing is upcast from version 2 of kind 'shaped'",
						"@JobHandler"),
				Arguments.of(UnreadableRateLimit.class, "must look like 100/s", "@JobHandler"),
				Arguments.of(UnknownPlaceholder.class, "no.such.property", "@JobHandler"),
				Arguments.of(AsyncMethod.class, "is asynchronous", "Remove @Async"));
	}

	@Test
	void namesBothHandlersOfOneKind() {
		try (HandlerContext context = new HandlerContext(First.class, Second.class)) {
			assertThatExceptionOfType(DuplicateHandlerException.class).isThrownBy(context::refresh)
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo("same"))
				.satisfies((ex) -> assertThat(ex.first()).contains("First.handle()"))
				.satisfies((ex) -> assertThat(ex.second()).contains("Second.handle()"));
		}
	}

	static class TwoPayloads {

		@JobHandler("x")
		void handle(String first, JobContext context, Integer second) {
		}

	}

	static class PrivateMethod {

		@JobHandler("x")
		private void handle() {
		}

	}

	static class StaticMethod {

		@JobHandler("x")
		static void handle() {
		}

	}

	static class ReturnsString {

		@JobHandler("x")
		String handle() {
			return "";
		}

	}

	static class KeepsNothing {

		@JobHandler(value = "x", keepResult = true)
		void handle() {
		}

	}

	static class KeepsFuture {

		@JobHandler(value = "x", keepResult = true)
		CompletableFuture<String> handle() {
			return new CompletableFuture<>();
		}

	}

	static class OtherQueue {

		@JobHandler(queue = "a")
		void handle(InQueueB payload) {
		}

	}

	@JobKind(queue = "b")
	record InQueueB() {

	}

	static class ReturnsFuture {

		@JobHandler("x")
		CompletableFuture<JobResult> handle() {
			return new CompletableFuture<>();
		}

	}

	static class OpenPayload<T> {

		@JobHandler("x")
		void handle(T payload) {
		}

	}

	static class OpenList<T> {

		@JobHandler("x")
		void handle(List<T> payload) {
		}

	}

	static class NoPayloadNoKind {

		@JobHandler
		void handle(JobContext context) {
		}

	}

	static class PlainPayloadNoKind {

		@JobHandler
		void handle(String payload) {
		}

	}

	interface Shape {

	}

	static class InterfacePayloadNoKind {

		@JobHandler
		void handle(Shape payload) {
		}

	}

	static class NegativeConcurrency {

		@JobHandler(value = "x", concurrency = -1)
		void handle() {
		}

	}

	static class NegativeMaxAttempts {

		@JobHandler(value = "x", maxAttempts = -3)
		void handle() {
		}

	}

	static class BlankKind {

		@JobHandler(" ")
		void handle() {
		}

	}

	static class BlankAlias {

		@JobHandler(value = "x", aliases = "")
		void handle() {
		}

	}

	static class UnreadableTimeout {

		@JobHandler(value = "x", timeout = "soon")
		void handle() {
		}

	}

	static class UnreadableRateLimit {

		@JobHandler(value = "x", rateLimit = "often")
		void handle() {
		}

	}

	static class NegativeTimeout {

		@JobHandler(value = "x", timeout = "-3s")
		void handle() {
		}

	}

	static class ContradictingRules {

		@JobHandler(value = "x", noRetryFor = IOException.class, retryFor = IOException.class)
		void handle() {
		}

	}

	static class IdleRule {

		@JobHandler(value = "x", retryFor = IOException.class)
		void handle() {
		}

	}

	static class NoSuchBackoff {

		@JobHandler(value = "x", backoff = "nowhere")
		void handle() {
		}

	}

	static class NotABackoff {

		@Bean
		static Backoff office() {
			return Backoff.constant(Duration.ofHours(8));
		}

		@Bean
		static String text() {
			return "text";
		}

		@JobHandler(value = "x", backoff = "text")
		void handle() {
		}

	}

	static class TwoBackoffs {

		@RetryBackoff
		@JobHandler(value = "x", backoff = "office")
		void handle() {
		}

	}

	static class BackoffBeyondItsLimit {

		@RetryBackoff(initialDelay = "2h")
		@JobHandler("x")
		void handle() {
		}

	}

	static class UnreadableBackoff {

		@RetryBackoff(increment = "soon")
		@JobHandler("x")
		void handle() {
		}

	}

	@JobKind(value = "shaped", version = 2)
	record Shaped(String name) {
	}

	static class UpcasterForNobody {

		@Bean
		static PayloadUpcaster upcaster() {
			return PayloadUpcaster.of("shaped", 2, (json) -> json);
		}

		@JobHandler
		void handle(Shaped payload) {
		}

	}

	static class UnknownPlaceholder {

		@JobHandler(value = "x", queue = "${no.such.property}")
		void handle() {
		}

	}

	static class AsyncMethod {

		@Async
		@JobHandler("x")
		void handle() {
		}

	}

	static class First {

		@JobHandler("same")
		void handle() {
		}

	}

	static class Second {

		@JobHandler(value = "other", aliases = "same")
		void handle() {
		}

	}

}

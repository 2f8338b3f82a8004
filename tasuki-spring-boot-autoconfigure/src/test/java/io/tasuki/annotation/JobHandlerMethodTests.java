package io.tasuki.annotation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.TasukiException;
import io.tasuki.UnreadablePayloadException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobHandlerMethodTests {

	@Test
	void fillsParametersInAnyOrder() throws Exception { // B15
		try (HandlerContext context = HandlerContext.of(Orders.class)) {
			for (String kind : List.of("pcj", "cpj", "jcp", "c", "j", "p", "none")) {
				assertThat(context.run(kind, "{\"user\":\"ada\"}")).isEqualTo(JobResult.done());
			}
			assertThat(context.getBean(Orders.class).calls).containsExactly("pcj ada 7 7", "cpj ada 7 7", "jcp ada 7 7",
					"c 7", "j 7", "p ada", "none");
		}
	}

	@Test
	void readsTypeArgumentsOfPayload() throws Exception {
		try (HandlerContext context = HandlerContext.of(Generics.class)) {
			context.run("list", "[{\"user\":\"ada\"}]");
			context.run("map", "{\"a\":{\"user\":\"ada\"}}");
			context.run("inherited", "[{\"user\":\"ada\"}]");
			assertThat(context.getBean(Generics.class).seen).containsExactly(List.of(new Welcome("ada")),
					Map.of("a", new Welcome("ada")), List.of(new Welcome("ada")));
		}
	}

	@Test
	void readsPlainPayload() throws Exception {
		try (HandlerContext context = HandlerContext.of(Plain.class)) {
			assertThat(context.run("number", "42")).isEqualTo(JobResult.cancel("42"));
		}
	}

	@Test
	void returnsWhatTheMethodReturns() throws Exception { // B16
		try (HandlerContext context = HandlerContext.of(Results.class)) {
			assertThat(context.run("fail", null)).isEqualTo(JobResult.fail("never"));
			assertThat(context.run("done", null)).isEqualTo(JobResult.done());
		}
	}

	@Test
	void refusesNullResult() {
		try (HandlerContext context = HandlerContext.of(Results.class)) {
			assertThatExceptionOfType(TasukiException.class).isThrownBy(() -> context.run("null", null))
				.withMessageContaining("Results.nothing()")
				.withMessageContaining("null instead of a JobResult");
		}
	}

	@Test
	void throwsWhatTheMethodThrows() {
		try (HandlerContext context = HandlerContext.of(Failures.class)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> context.run("checked", null))
				.withMessage("disk full");
			assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> context.run("error", null)); // B18
		}
	}

	@Test
	void refusesJobWithoutPayloadWhenMethodTakesOne() {
		try (HandlerContext context = HandlerContext.of(Missing.class)) {
			assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> context.run("required", null))
				.withMessageContaining("job 7")
				.withMessageContaining("no payload")
				.withMessageContaining("Welcome");
		}
	}

	@Test
	void passesNullWhenPayloadIsNullable() throws Exception {
		try (HandlerContext context = HandlerContext.of(Missing.class)) {
			assertThat(context.run("optional", null)).isEqualTo(JobResult.cancel("null"));
		}
	}

	@Test
	void refusesUnreadablePayloadBeforeTheBeanIsTouched() { // B19
		try (HandlerContext context = HandlerContext.of(Orders.class)) {
			assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> context.run("p", "[]"));
			assertThat(context.getBean(Orders.class).calls).isEmpty();
		}
	}

	record Welcome(String user) {
	}

	static class Orders {

		private final List<String> calls = new ArrayList<>();

		@JobHandler("pcj")
		void payloadFirst(Welcome payload, JobContext context, Job job) {
			this.calls.add("pcj " + payload.user() + " " + context.job().id() + " " + job.id());
		}

		@JobHandler("cpj")
		void contextFirst(JobContext context, Welcome payload, Job job) {
			this.calls.add("cpj " + payload.user() + " " + context.job().id() + " " + job.id());
		}

		@JobHandler("jcp")
		void jobFirst(Job job, JobContext context, Welcome payload) {
			this.calls.add("jcp " + payload.user() + " " + context.job().id() + " " + job.id());
		}

		@JobHandler("c")
		void contextOnly(JobContext context) {
			this.calls.add("c " + context.job().id());
		}

		@JobHandler("j")
		void jobOnly(Job job) {
			this.calls.add("j " + job.id());
		}

		@JobHandler("p")
		void payloadOnly(Welcome payload) {
			this.calls.add("p " + payload.user());
		}

		@JobHandler("none")
		void nothing() {
			this.calls.add("none");
		}

	}

	abstract static class GenericBase<T> {

		final List<Object> seen = new ArrayList<>();

		@JobHandler("inherited")
		public void inherited(List<T> payload) {
			this.seen.add(payload);
		}

	}

	static class Generics extends GenericBase<Welcome> {

		@JobHandler("list")
		void list(List<Welcome> payload) {
			this.seen.add(payload);
		}

		@JobHandler("map")
		void map(Map<String, Welcome> payload) {
			this.seen.add(payload);
		}

	}

	static class Plain {

		@JobHandler("number")
		JobResult number(long payload) {
			return JobResult.cancel(Long.toString(payload));
		}

	}

	static class Results {

		@JobHandler("fail")
		JobResult fail() {
			return JobResult.fail("never");
		}

		@JobHandler("done")
		JobResult done() {
			return JobResult.done();
		}

		@SuppressWarnings("NullAway")
		@JobHandler("null")
		@Nullable JobResult nothing() {
			return null;
		}

	}

	static class Failures {

		@JobHandler("checked")
		void checked() throws IOException {
			throw new IOException("disk full");
		}

		@JobHandler("error")
		void error() {
			throw new StackOverflowError();
		}

	}

	static class Missing {

		@JobHandler("required")
		void required(Welcome payload) {
		}

		@JobHandler("optional")
		JobResult optional(@Nullable Welcome payload) {
			return JobResult.cancel(String.valueOf(payload));
		}

	}

}

package io.tasuki.annotation;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tasuki.BatchHandler;
import io.tasuki.BatchInterceptor;
import io.tasuki.BatchResult;
import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobInterceptor;
import io.tasuki.JobResult;
import io.tasuki.PayloadException;
import io.tasuki.TasukiException;
import io.tasuki.TestJobContext;
import io.tasuki.UnreadablePayloadException;
import io.tasuki.worker.HandlerBatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BatchHandlerMethodTests {

	@Test
	void fillsListsInAnyOrderAndLikePlaces() throws Exception {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			BatchResult result = run(context, "all", "{\"to\": \"ada\"}", "{\"to\": \"bob\"}");
			assertThat(result.of(new JobId(1))).isEqualTo(JobResult.cancel("ada 1 1"));
			assertThat(result.of(new JobId(2))).isEqualTo(JobResult.cancel("bob 2 2"));
			assertThat(context.getBean(Handlers.class).changed).isFalse();
		}
	}

	@Test
	void tellsTheKindFromTheElementsOfTheList() {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThat(context.handler("Mail").batch())
				.satisfies((batch) -> assertThat(Objects.requireNonNull(batch).size()).isEqualTo(50));
		}
	}

	@Test
	void takesOneResultForAll() throws Exception {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThat(run(context, "result", "1", "2")).isEqualTo(BatchResult.all(JobResult.retry()));
			assertThat(run(context, "Mail", "{}", "{}")).isEqualTo(BatchResult.done());
		}
	}

	@Test
	void takesTheElementsOfListsFromResolvers() throws Exception { // B15
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThat(run(context, "tenants", "\"ada\"", "\"bob\""))
				.isEqualTo(BatchResult.all(JobResult.cancel("ada of tenant 1, bob of tenant 2")));
		}
	}

	@Test
	void argumentThatCannotBeSuppliedConcernsItsJobAlone() {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThatExceptionOfType(TasukiException.class)
				.isThrownBy(() -> batch(context, "tenants").handler().read(job(99, "\"eve\"")))
				.withMessageContaining("Argument resolver the tenants gave a java.lang.String for the")
				.withMessageContaining("Tenant that handler method")
				.withMessageContaining("Handlers.tenants(List, List)");
		}
	}

	@Test
	void standsInsideOfBatchInterceptors() throws Exception { // B32
		try (HandlerContext context = HandlerContext.of(Intercepted.class)) {
			assertThat(run(context, "batch", "1", "2")).isEqualTo(BatchResult.done());
			assertThat(context.getBean(Intercepted.class).calls).containsExactly("outer of 2", "inner of 2", "[1, 2]");
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void saysWhichInterceptorsDoNotStandAroundBatches(CapturedOutput output) { // B32
		try (HandlerContext context = HandlerContext.of(Intercepted.class)) {
			assertThat(context.handler("batch").batch()).isNotNull();
			assertThat(output)
				.containsPattern("Intercepted.batch\\(List\\) of bean .* takes batches, so these interceptors do not"
						+ " stand around it, .* of type BatchInterceptor too: \\[the one for single jobs\\]")
				.doesNotContain("Intercepted.single");
		}
	}

	@Test
	void keepsTheResultOfEachJob() throws Exception { // B56
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThat(run(context, "keeps", "1", "0", "3")).isEqualTo(BatchResult.done()
				.with(new JobId(1), JobResult.done("\"x\""))
				.with(new JobId(2), JobResult.done())
				.with(new JobId(3), JobResult.done("\"xxx\"")));
		}
	}

	@Test
	void resultThatCannotBeKeptFailsItsJobAlone() throws Exception { // B56
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			BatchResult result = run(context, "keeps", "1", "2000000");
			assertThat(result.of(new JobId(1))).isEqualTo(JobResult.done("\"x\""));
			assertThat(result.failures().get(new JobId(2))).isInstanceOf(PayloadException.class)
				.hasMessageContaining("Handlers.keeps(List)");
		}
	}

	@Test
	void refusesMoreOrFewerResultsThanJobs() { // B56
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThatExceptionOfType(TasukiException.class).isThrownBy(() -> run(context, "loses", "1", "2"))
				.withMessageContaining("Handlers.loses(List)")
				.withMessageEndingWith("returned 1 results for 2 jobs. Return one for each, in their order");
		}
	}

	@Test
	void readsWildcardLists() throws Exception {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThat(run(context, "wildcard", "1", "2")).isEqualTo(BatchResult.done());
		}
	}

	@Test
	void refusesOnePayloadAlone() {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThatExceptionOfType(UnreadablePayloadException.class)
				.isThrownBy(() -> batch(context, "result").handler().read(job(1, "\"x\"")));
		}
	}

	@Test
	void refusesNullInPlaceOfAResult() {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThatExceptionOfType(TasukiException.class).isThrownBy(() -> run(context, "nothing", "1"))
				.withMessageContaining("returned null instead of a result");
		}
	}

	@Test
	void listIsAnOrdinaryPayloadWithoutBatchSize() throws Exception {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThat(context.handler("list").batch()).isNull();
			assertThat(context.run("list", "[1, 2, 3]")).isEqualTo(JobResult.cancel("6"));
		}
	}

	@Test
	void runsASingleJobAsABatchOfItsOwn() throws Exception {
		try (HandlerContext context = HandlerContext.of(Handlers.class)) {
			assertThat(context.handler("all").handler().handle(job(7, "{\"to\": \"ada\"}")))
				.isEqualTo(JobResult.cancel("ada 7 7"));
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void refusesToStart(Class<?> bean, String problem, String remedy) {
		try (HandlerContext context = new HandlerContext(bean)) {
			assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(context::refresh).satisfies((ex) -> {
				assertThat(ex.handler()).startsWith(bean.getName() + ".handle(");
				assertThat(ex.problem()).contains(problem);
				assertThat(ex.remedy()).contains(remedy);
			});
		}
	}

	static List<Arguments> refusesToStart() {
		return List.of(Arguments.of(NoList.class, "has a batchSize but takes a java.lang.String", "takes lists"),
				Arguments.of(NoParameter.class, "has a batchSize but takes no list", "takes lists"),
				Arguments.of(RawList.class, "open type java.util.List", "concrete"),
				Arguments.of(TwoPayloads.class, "takes two lists of payloads", "at most once"),
				Arguments.of(OpenList.class, "open type", "concrete"),
				Arguments.of(ReturnsList.class, "returns java.util.List", "BatchResult"),
				Arguments.of(SizeOne.class, "from 2 to 1000, not 1", "@JobHandler"),
				Arguments.of(NegativeSize.class, "from 2 to 1000, not -5", "@JobHandler"),
				Arguments.of(HugeSize.class, "from 2 to 1000, not 1001", "@JobHandler"),
				Arguments.of(KeepsNothing.class, "is to keep the results of batches, but returns void", "a List"),
				Arguments.of(KeepsOne.class, "is to keep the results of batches, but returns int", "a List"),
				Arguments.of(PrivateMethod.class, "is private", "visibility"));
	}

	private static HandlerBatch batch(HandlerContext context, String kind) {
		return Objects.requireNonNull(context.handler(kind).batch());
	}

	private static BatchResult run(HandlerContext context, String kind, String... payloads) throws Exception {
		return run(batch(context, kind).handler(), payloads);
	}

	private static <T> BatchResult run(BatchHandler<T> handler, String... payloads) throws Exception {
		List<T> batch = new ArrayList<>();
		for (int i = 0; i < payloads.length; i++) {
			batch.add(handler.read(job(i + 1, payloads[i])));
		}
		return handler.handle(batch);
	}

	private static JobContext job(long id, String payload) {
		return new TestJobContext(
				new Job(new JobId(id), "test", "default", payload, 5, 1, null, Instant.EPOCH, Instant.EPOCH));
	}

	record Mail(String to) {
	}

	static class Handlers {

		boolean changed;

		@JobHandler(value = "all", batchSize = 10)
		BatchResult all(List<Job> jobs, List<Mail> mails, List<JobContext> contexts) {
			BatchResult result = BatchResult.done();
			for (int i = 0; i < mails.size(); i++) {
				result = result.with(jobs.get(i).id(), JobResult.cancel("%s %s %s".formatted(mails.get(i).to(),
						jobs.get(i).id().value(), contexts.get(i).job().id().value())));
			}
			try {
				mails.add(new Mail("eve"));
				this.changed = true;
			}
			catch (UnsupportedOperationException ex) {
				// As promised.
			}
			return result;
		}

		@JobHandler(batchSize = 50)
		void mails(List<Mail> mails) {
		}

		@JobHandler(value = "result", batchSize = 2)
		JobResult result(List<Integer> numbers) {
			return JobResult.retry();
		}

		@JobHandler(value = "wildcard", batchSize = 2)
		void wildcard(List<? extends Number> numbers) {
			assertThat(numbers).hasSize(2);
		}

		@Bean
		static JobArgumentResolver resolver() {
			return new Tenants();
		}

		@JobHandler(value = "tenants", batchSize = 2)
		JobResult tenants(@Current List<Tenant> tenants, List<String> names) {
			return JobResult.cancel(IntStream.range(0, names.size())
				.mapToObj((i) -> "%s of tenant %s".formatted(names.get(i), tenants.get(i).name()))
				.collect(Collectors.joining(", ")));
		}

		@JobHandler(value = "keeps", batchSize = 10, keepResult = true)
		List<@Nullable String> keeps(List<Integer> numbers) {
			List<@Nullable String> results = new ArrayList<>();
			numbers.forEach((number) -> results.add((number > 0) ? "x".repeat(number) : null));
			return results;
		}

		@JobHandler(value = "loses", batchSize = 10, keepResult = true)
		List<String> loses(List<Integer> numbers) {
			return List.of("one");
		}

		@SuppressWarnings("NullAway")
		@JobHandler(value = "nothing", batchSize = 2)
		BatchResult nothing(List<Integer> numbers) {
			return null;
		}

		@JobHandler("list")
		JobResult list(List<Integer> numbers) {
			return JobResult.cancel(String.valueOf(numbers.stream().mapToInt(Integer::intValue).sum()));
		}

	}

	record Tenant(String name) {
	}

	@Retention(RetentionPolicy.RUNTIME)
	@interface Current {

	}

	/** Gives job 99 what is no tenant. */
	private static final class Tenants implements JobArgumentResolver {

		@Override
		public boolean supports(MethodParameter parameter) {
			return parameter.hasParameterAnnotation(Current.class) && parameter.getParameterType() == Tenant.class
					&& ResolvableType.forMethodParameter(parameter).resolve() == Tenant.class;
		}

		@Override
		public Object resolve(MethodParameter parameter, JobContext context) {
			long id = context.job().id().value();
			return (id != 99) ? new Tenant(String.valueOf(id)) : "nobody";
		}

		@Override
		public String toString() {
			return "the tenants";
		}

	}

	static class Intercepted {

		private final List<String> calls = new ArrayList<>();

		@JobHandler(value = "batch", batchSize = 10)
		void batch(List<Integer> numbers) {
			this.calls.add(numbers.toString());
		}

		@JobHandler("single")
		void single(int number) {
		}

		@Bean
		@Order(2)
		BatchInterceptor inner() {
			return (batch, next) -> {
				this.calls.add("inner of " + batch.size());
				return next.call();
			};
		}

		@Bean
		@Order(1)
		OfBoth outer() {
			return new OfBoth(this.calls);
		}

		@Bean
		static JobInterceptor forSingleJobs() {
			return new JobInterceptor() {

				@Override
				public JobResult intercept(JobContext context, Handler next) throws Exception {
					return next.handle(context);
				}

				@Override
				public String toString() {
					return "the one for single jobs";
				}

			};
		}

	}

	private record OfBoth(List<String> calls) implements JobInterceptor, BatchInterceptor {

		@Override
		public JobResult intercept(JobContext context, Handler next) throws Exception {
			return next.handle(context);
		}

		@Override
		public BatchResult intercept(List<JobContext> batch, Callable<BatchResult> next) throws Exception {
			this.calls.add("outer of " + batch.size());
			return next.call();
		}

	}

	static class NoList {

		@JobHandler(value = "x", batchSize = 10)
		void handle(String payload) {
		}

	}

	static class NoParameter {

		@JobHandler(value = "x", batchSize = 10)
		void handle() {
		}

	}

	static class RawList {

		@SuppressWarnings("rawtypes")
		@JobHandler(value = "x", batchSize = 10)
		void handle(List payloads) {
		}

	}

	static class TwoPayloads {

		@JobHandler(value = "x", batchSize = 10)
		void handle(List<String> one, List<Integer> two) {
		}

	}

	static class OpenList {

		@JobHandler(value = "x", batchSize = 10)
		<T> void handle(List<T> payloads) {
		}

	}

	static class ReturnsList {

		@JobHandler(value = "x", batchSize = 10)
		List<JobResult> handle(List<String> payloads) {
			return List.of();
		}

	}

	static class SizeOne {

		@JobHandler(value = "x", batchSize = 1)
		void handle(List<String> payloads) {
		}

	}

	static class NegativeSize {

		@JobHandler(value = "x", batchSize = -5)
		void handle(List<String> payloads) {
		}

	}

	static class HugeSize {

		@JobHandler(value = "x", batchSize = 1_001)
		void handle(List<String> payloads) {
		}

	}

	static class KeepsNothing {

		@JobHandler(value = "x", batchSize = 10, keepResult = true)
		void handle(List<String> payloads) {
		}

	}

	static class KeepsOne {

		@JobHandler(value = "x", batchSize = 10, keepResult = true)
		int handle(List<String> payloads) {
			return 1;
		}

	}

	static class PrivateMethod {

		@JobHandler(value = "x", batchSize = 10)
		private void handle(List<String> payloads) {
		}

	}

}

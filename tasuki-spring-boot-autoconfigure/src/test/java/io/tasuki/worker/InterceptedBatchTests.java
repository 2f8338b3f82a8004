package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.tasuki.BatchHandler;
import io.tasuki.BatchInterceptor;
import io.tasuki.BatchResult;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.PayloadUpcaster;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class InterceptedBatchTests {

	private final List<String> calls = new ArrayList<>();

	@Test
	void standAroundTheCallInTheirOrder() throws Exception { // B32
		assertThat(run(noting("first"), noting("second"))).isEqualTo(BatchResult.all(JobResult.cancel("handled")));
		assertThat(this.calls).containsExactly("first [1, 2]", "second [1, 2]", "handler [{}, {}]", "/second",
				"/first");
	}

	@Test
	void mayChangeTheResultOrEndTheAttemptsWithoutTheHandler() throws Exception { // B32
		BatchResult later = BatchResult.all(JobResult.retry()).with(new JobId(2), JobResult.done());
		assertThat(run((batch, next) -> later)).isEqualTo(later);
		assertThat(this.calls).isEmpty();
		assertThat(run((batch, next) -> next.call().with(batch.get(1).job().id(), JobResult.retry())))
			.isEqualTo(BatchResult.all(JobResult.cancel("handled")).with(new JobId(2), JobResult.retry()));
	}

	@Test
	void seeWhatTheHandlerThrows() throws Exception { // B32
		BatchHandler<?> failing = new Handled() {

			@Override
			public BatchResult handle(List<String> batch) {
				throw new IllegalStateException("disk full");
			}

		};
		assertThatIllegalStateException().isThrownBy(() -> run(failing, noting("first"))).withMessage("disk full");
		assertThat(run(failing, (batch, next) -> {
			try {
				return next.call();
			}
			catch (IllegalStateException ex) {
				return BatchResult.all(JobResult.fail(ex.getMessage()));
			}
		})).isEqualTo(BatchResult.all(JobResult.fail("disk full")));
	}

	@Test
	void areNamedWhenTheyReturnNothing() {
		assertThatNullPointerException().isThrownBy(() -> run(new BatchInterceptor() {

			@Override
			@SuppressWarnings("NullAway")
			public BatchResult intercept(List<JobContext> batch, Callable<BatchResult> next) {
				return null;
			}

			@Override
			public String toString() {
				return "forgetful";
			}

		})).withMessage("Interceptor forgetful returned no BatchResult");
	}

	@Test
	void seeJobsAsTheyAreStored() throws Exception {
		PayloadUpcaster upcaster = PayloadUpcaster.of("kind", 1, (json) -> "new");
		HandlerRegistration registration = HandlerRegistration.ofBatch("kind", 10, new Handled())
			.withUpcasters(2, List.of(upcaster))
			.withBatchInterceptors(List.of((batch, next) -> {
				this.calls.add(String.valueOf(batch.get(0).job().payload()));
				return next.call();
			}));
		run(registration);
		assertThat(this.calls).containsExactly("{}", "handler [new, new]");
	}

	@Test
	void costNothingWhereThereIsNone() {
		BatchHandler<String> handler = new Handled();
		assertThat(HandlerRegistration.ofBatch("kind", 10, handler).withBatchInterceptors(List.of()).batch())
			.isEqualTo(new HandlerBatch(10, handler));
		HandlerRegistration single = HandlerRegistration.of("kind", (context) -> JobResult.done());
		assertThat(single.withBatchInterceptors(List.of(noting("none")))).isSameAs(single);
	}

	private BatchInterceptor noting(String name) {
		return (batch, next) -> {
			this.calls.add(name + " " + batch.stream().map((context) -> context.job().id()).toList());
			BatchResult result = next.call();
			this.calls.add("/" + name);
			return result;
		};
	}

	private BatchResult run(BatchInterceptor... interceptors) throws Exception {
		return run(new Handled(), interceptors);
	}

	private BatchResult run(BatchHandler<?> handler, BatchInterceptor... interceptors) throws Exception {
		return run(HandlerRegistration.ofBatch("kind", 10, handler).withBatchInterceptors(List.of(interceptors)));
	}

	private static BatchResult run(HandlerRegistration registration) throws Exception {
		return run(Objects.requireNonNull(registration.batch()).handler());
	}

	private static <T> BatchResult run(BatchHandler<T> handler) throws Exception {
		List<T> batch = new ArrayList<>();
		for (long id : List.of(1L, 2L)) {
			batch.add(handler.read(new RunningJob(Jobs.held(Jobs.line(), id, 5), () -> false)));
		}
		return handler.handle(batch);
	}

	/** Needs the payload of each job. */
	private class Handled implements BatchHandler<String> {

		@Override
		public String read(JobContext context) {
			return String.valueOf(context.job().payload());
		}

		@Override
		public BatchResult handle(List<String> batch) {
			InterceptedBatchTests.this.calls.add("handler " + batch);
			return BatchResult.all(JobResult.cancel("handled"));
		}

	}

}

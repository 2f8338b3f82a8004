package io.tasuki.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.Handler;
import io.tasuki.JobContext;
import io.tasuki.JobInterceptor;
import io.tasuki.JobResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class InterceptedHandlerTests {

	private static final JobContext CONTEXT = new RunningJob(Jobs.held(Jobs.line(), 1, 5), () -> false);

	private final List<String> calls = new ArrayList<>();

	@Test
	void standAroundTheHandlerInTheirOrder() throws Exception { // B32
		Handler handler = intercepted((context) -> {
			this.calls.add("handler");
			return JobResult.cancel("by the handler");
		}, noting("first"), noting("second"));
		assertThat(handler.handle(CONTEXT)).isEqualTo(JobResult.cancel("by the handler"));
		assertThat(this.calls).containsExactly("first", "second", "handler", "/second", "/first");
	}

	@Test
	void mayChangeTheResultOrEndTheAttemptWithoutTheHandler() throws Exception { // B32
		Handler handler = (context) -> {
			this.calls.add("handler");
			return JobResult.done();
		};
		assertThat(intercepted(handler, (context, next) -> {
			next.handle(context);
			return JobResult.fail("not so");
		}).handle(CONTEXT)).isEqualTo(JobResult.fail("not so"));
		assertThat(this.calls).containsExactly("handler");
		JobResult later = JobResult.snooze(Duration.ofMinutes(1));
		assertThat(intercepted(handler, (context, next) -> later).handle(CONTEXT)).isEqualTo(later);
		assertThat(this.calls).containsExactly("handler");
	}

	@Test
	void seeWhatTheHandlerThrowsAndMayThrowThemselves() throws Exception { // B32
		Handler handler = (context) -> {
			throw new IOException("disk full");
		};
		assertThat(intercepted(handler, (context, next) -> {
			try {
				return next.handle(context);
			}
			catch (IOException ex) {
				return JobResult.fail(ex.getMessage());
			}
		}).handle(CONTEXT)).isEqualTo(JobResult.fail("disk full"));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> intercepted(handler, noting("first")).handle(CONTEXT));
	}

	@Test
	void areNamedWhenTheyReturnNothing() {
		assertThatNullPointerException()
			.isThrownBy(() -> intercepted((context) -> JobResult.done(), new JobInterceptor() {

				@Override
				@SuppressWarnings("NullAway")
				public JobResult intercept(JobContext context, Handler next) {
					return null;
				}

				@Override
				public String toString() {
					return "forgetful";
				}

			}).handle(CONTEXT))
			.withMessage("Interceptor forgetful returned no JobResult");
	}

	@Test
	void costNothingWhereThereIsNone() {
		Handler handler = (context) -> JobResult.done();
		assertThat(HandlerRegistration.of("kind", handler).withInterceptors(List.of()).handler()).isSameAs(handler);
	}

	private JobInterceptor noting(String name) {
		return (context, next) -> {
			this.calls.add(name);
			JobResult result = next.handle(context);
			this.calls.add("/" + name);
			return result;
		};
	}

	private static Handler intercepted(Handler handler, JobInterceptor... interceptors) {
		return HandlerRegistration.of("kind", handler).withInterceptors(List.of(interceptors)).handler();
	}

}

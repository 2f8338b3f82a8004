package io.tasuki.worker;

import java.util.List;
import java.util.Objects;

import io.tasuki.BatchHandler;
import io.tasuki.BatchInterceptor;
import io.tasuki.BatchResult;
import io.tasuki.JobContext;

/**
 * A batch handler with one interceptor around it.
 *
 * @param interceptor stands around
 * @param next another interceptor, or the handler
 * @param <T> what that needs of each job
 */
record InterceptedBatch<T>(BatchInterceptor interceptor,
		BatchHandler<T> next) implements BatchHandler<InterceptedBatch.Member<T>> {

	/**
	 * Returns the handler inside of these, of which the first is the outermost.
	 */
	static BatchHandler<?> of(BatchHandler<?> handler, List<BatchInterceptor> interceptors) {
		BatchHandler<?> intercepted = handler;
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			intercepted = new InterceptedBatch<>(interceptors.get(i), intercepted);
		}
		return intercepted;
	}

	@Override
	public Member<T> read(JobContext context) throws Exception {
		return new Member<>(context, this.next.read(context));
	}

	@Override
	public BatchResult handle(List<Member<T>> batch) throws Exception {
		List<JobContext> contexts = batch.stream().map(Member::context).toList();
		List<T> values = batch.stream().map(Member::value).toList();
		return Objects.requireNonNull(this.interceptor.intercept(contexts, () -> this.next.handle(values)),
				() -> "Interceptor %s returned no BatchResult".formatted(this.interceptor));
	}

	/**
	 * One job of a batch.
	 *
	 * @param context the job, as interceptors see it
	 * @param value what the handler needs of it
	 * @param <T> the type of that
	 */
	record Member<T>(JobContext context, T value) {

	}

}

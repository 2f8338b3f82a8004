package io.tasuki.worker;

import java.util.List;
import java.util.function.UnaryOperator;

import io.tasuki.BatchHandler;
import io.tasuki.BatchInterceptor;
import io.tasuki.BatchResult;
import io.tasuki.Handler;
import io.tasuki.JobContext;

/**
 * A handler that takes several jobs at once.
 *
 * @param size most jobs of one call, from 2 to 1 000
 * @param handler the code
 */
public record HandlerBatch(int size, BatchHandler<?> handler) {

	/** Most jobs of one call. */
	public static final int MAX_SIZE = 1_000;

	public HandlerBatch {
		if (size < 2 || size > MAX_SIZE) {
			throw new IllegalArgumentException("Batch size must be from 2 to %d, not %d".formatted(MAX_SIZE, size));
		}
	}

	/**
	 * Returns this with jobs that are made to look otherwise before they are read.
	 */
	HandlerBatch seeing(UnaryOperator<JobContext> look) {
		return new HandlerBatch(this.size, seeing(this.handler, look));
	}

	private static <T> BatchHandler<T> seeing(BatchHandler<T> handler, UnaryOperator<JobContext> look) {
		return new BatchHandler<>() {

			@Override
			public T read(JobContext context) throws Exception {
				return handler.read(look.apply(context));
			}

			@Override
			public BatchResult handle(List<T> batch) throws Exception {
				return handler.handle(batch);
			}

		};
	}

	/**
	 * Returns this with interceptors around it, of which the first is the outermost.
	 */
	HandlerBatch intercepted(List<BatchInterceptor> interceptors) {
		return new HandlerBatch(this.size, InterceptedBatch.of(this.handler, interceptors));
	}

	/**
	 * Returns a handler that makes each job a batch of its own.
	 */
	Handler single() {
		return new BatchOfOne<>(this.handler);
	}

}

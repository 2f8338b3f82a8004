package io.tasuki.annotation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.BatchResult;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.TasukiException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link BatchResult} of what a handler method for batches returned.
 *
 * @param nothing whether the method returns nothing
 * @param kept keeps what it returns for each job; {@code null} if that is not to be kept
 * @param handler names the method in messages
 */
record HandlerBatchResult(boolean nothing, @Nullable HandlerResult kept, String handler) {

	BatchResult of(List<BatchMember> batch, @Nullable Object returned) {
		if (this.nothing) {
			return BatchResult.done();
		}
		if (returned == null) {
			throw new TasukiException(
					"Handler method %s returned null instead of a result, BatchResult.done() or JobResult.done() for success"
						.formatted(this.handler));
		}
		if (this.kept != null) {
			return ofEach(batch, (List<?>) returned, this.kept);
		}
		return (returned instanceof JobResult result) ? BatchResult.all(result) : (BatchResult) returned;
	}

	private BatchResult ofEach(List<BatchMember> batch, List<?> returned, HandlerResult kept) {
		if (returned.size() != batch.size()) {
			throw new TasukiException(
					"Handler method %s returned %d results for %d jobs. Return one for each, in their order"
						.formatted(this.handler, returned.size(), batch.size()));
		}
		Map<JobId, JobResult> results = new HashMap<>();
		Map<JobId, Throwable> failures = new HashMap<>();
		for (int i = 0; i < returned.size(); i++) {
			JobId job = batch.get(i).job();
			try {
				results.put(job, kept.of(returned.get(i)));
			}
			catch (RuntimeException ex) {
				failures.put(job, ex);
			}
		}
		return new BatchResult(JobResult.done(), results, failures);
	}

}

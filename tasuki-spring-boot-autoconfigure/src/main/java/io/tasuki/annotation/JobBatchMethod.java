package io.tasuki.annotation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.tasuki.BatchHandler;
import io.tasuki.BatchResult;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.worker.PayloadReader;
import org.jspecify.annotations.Nullable;

/**
 * Runs batches of jobs by calling a method of a bean.
 */
final class JobBatchMethod implements BatchHandler<BatchMember>, PayloadReader {

	private final BeanMethod method;

	private final HandlerSignature signature;

	private final HandlerBatchResult result;

	JobBatchMethod(BeanMethod method, HandlerSignature signature, HandlerBatchResult result) {
		this.method = method;
		this.signature = signature;
		this.result = result;
	}

	@Override
	public BatchMember read(JobContext context) throws Exception {
		return new BatchMember(context.job().id(), this.signature.resolve(context));
	}

	@Override
	public void read(Job job) {
		this.signature.read(job);
	}

	@Override
	public BatchResult handle(List<BatchMember> batch) throws Exception {
		@Nullable Object[] arguments = new Object[this.signature.arguments().size()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = list(batch, i);
		}
		return this.result.of(batch, this.method.invoke(arguments));
	}

	private static List<@Nullable Object> list(List<BatchMember> batch, int parameter) {
		List<@Nullable Object> list = new ArrayList<>(batch.size());
		for (BatchMember member : batch) {
			list.add(member.elements()[parameter]);
		}
		return Collections.unmodifiableList(list);
	}

	@Override
	public String toString() {
		return this.method.toString();
	}

}

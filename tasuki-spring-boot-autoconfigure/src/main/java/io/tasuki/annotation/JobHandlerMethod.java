package io.tasuki.annotation;

import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.worker.PayloadReader;

/**
 * Runs jobs by calling a method of a bean.
 */
final class JobHandlerMethod implements Handler, PayloadReader {

	private final BeanMethod method;

	private final HandlerSignature signature;

	private final HandlerResult result;

	JobHandlerMethod(BeanMethod method, HandlerSignature signature, HandlerResult result) {
		this.method = method;
		this.signature = signature;
		this.result = result;
	}

	@Override
	public JobResult handle(JobContext context) throws Exception {
		return this.result.of(this.method.invoke(this.signature.resolve(context)));
	}

	@Override
	public void read(Job job) {
		this.signature.read(job);
	}

	@Override
	public String toString() {
		return this.method.toString();
	}

}

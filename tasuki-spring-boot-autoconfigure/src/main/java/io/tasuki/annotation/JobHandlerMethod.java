package io.tasuki.annotation;

import java.util.List;

import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.worker.PayloadReader;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs by calling a method of a bean.
 */
final class JobHandlerMethod implements Handler, PayloadReader {

	private final BeanMethod method;

	private final List<HandlerArgument> arguments;

	private final HandlerResult result;

	JobHandlerMethod(BeanMethod method, List<HandlerArgument> arguments, HandlerResult result) {
		this.method = method;
		this.arguments = arguments;
		this.result = result;
	}

	@Override
	public JobResult handle(JobContext context) throws Exception {
		@Nullable Object[] arguments = new Object[this.arguments.size()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = this.arguments.get(i).resolve(context);
		}
		return this.result.of(this.method.invoke(arguments));
	}

	@Override
	public void read(Job job) {
		for (HandlerArgument argument : this.arguments) {
			if (argument instanceof PayloadArgument payload) {
				payload.read(job);
			}
		}
	}

	@Override
	public String toString() {
		return this.method.toString();
	}

}

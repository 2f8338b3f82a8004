package io.tasuki.worker;

import java.util.List;
import java.util.Objects;

import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobInterceptor;
import io.tasuki.JobResult;

/**
 * A handler with one interceptor around it. Put together once per handler, so an attempt
 * costs a call per interceptor and nothing where there is none.
 *
 * @param interceptor stands around
 * @param next another interceptor, or the handler
 */
record InterceptedHandler(JobInterceptor interceptor, Handler next) implements Handler, PayloadReader {

	/**
	 * Returns the handler inside of these, of which the first is the outermost.
	 */
	static Handler of(Handler handler, List<JobInterceptor> interceptors) {
		Handler intercepted = handler;
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			intercepted = new InterceptedHandler(interceptors.get(i), intercepted);
		}
		return intercepted;
	}

	@Override
	public void read(Job job) {
		PayloadReader.read(this.next, job);
	}

	@Override
	public JobResult handle(JobContext context) throws Exception {
		return Objects.requireNonNull(this.interceptor.intercept(context, this.next),
				() -> "Interceptor %s returned no JobResult".formatted(this.interceptor));
	}

}

package io.tasuki.worker;

import java.util.Collections;

import io.tasuki.BatchHandler;
import io.tasuki.BatchResult;
import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.TasukiException;

/**
 * Makes each job a batch of its own.
 *
 * @param handler takes several jobs at once
 * @param <T> what it needs of each job
 */
record BatchOfOne<T>(BatchHandler<T> handler) implements Handler, PayloadReader {

	@Override
	public JobResult handle(JobContext context) throws Exception {
		JobId job = context.job().id();
		BatchResult result = this.handler.handle(Collections.singletonList(this.handler.read(context)));
		JobResult own = result.of(job);
		if (own == null) {
			throw new TasukiException("The handler says that the job failed", result.failures().get(job));
		}
		return own;
	}

	@Override
	public void read(Job job) {
		PayloadReader.read(this.handler, job);
	}

}

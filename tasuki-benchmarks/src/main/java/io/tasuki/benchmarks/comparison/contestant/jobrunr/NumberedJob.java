package io.tasuki.benchmarks.comparison.contestant.jobrunr;

import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * The job.
 *
 * @param number number of the job
 * @param filler makes the payload as large as asked for
 */
public record NumberedJob(int number, String filler) implements JobRequest {

	@Override
	public Class<NumberedJobHandler> getJobRequestHandler() {
		return NumberedJobHandler.class;
	}

}

package io.tasuki.benchmarks.comparison.contestant.jobrunr;

import io.tasuki.benchmarks.comparison.contestant.Ledger;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * Notes that a job runs. Public, because it is called by reflection.
 */
public final class NumberedJobHandler implements JobRequestHandler<NumberedJob> {

	private final Ledger ledger;

	NumberedJobHandler(Ledger ledger) {
		this.ledger = ledger;
	}

	@Override
	public void run(NumberedJob job) {
		this.ledger.ran(job.number());
	}

}

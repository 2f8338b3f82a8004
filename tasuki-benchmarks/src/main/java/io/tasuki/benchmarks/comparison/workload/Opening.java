package io.tasuki.benchmarks.comparison.workload;

import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.process.EnqueueFor;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.Preload;
import io.tasuki.benchmarks.comparison.process.Way;

/**
 * A drain and some enqueueing by whoever is quickest, which count for nothing: the server
 * has then made its files, and the machine has read them, before the first contestant's
 * turn.
 */
public final class Opening {

	private static final Entrant ENTRANT = Entrant.BARE_ARCHIVE;

	private static final int THREADS = 8;

	private static final int MILLIS = 3_000;

	/**
	 * Opens the server.
	 */
	public void run(Bench bench) throws InterruptedException {
		bench.server().makeWalFiles();
		int jobs = ENTRANT.drainedJobs() * 2;
		try (Trial trial = bench.trial(ENTRANT, jobs)) {
			trial.first().ask(new Preload(0, jobs, Filler.USUAL_PAYLOAD));
			trial.startWorking();
			trial.awaitDrained(jobs);
			trial.stopWorking();
			trial.first().ask(new EnqueueFor(Way.ONE_BY_ONE, jobs, THREADS, 1, MILLIS, 0));
			bench.server().checkpoint();
		}
	}

}

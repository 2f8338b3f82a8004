package io.tasuki.benchmarks.comparison.workload;

import java.time.Duration;

import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.process.Preload;

/**
 * Drains that count for nothing, one after the other in the JVMs of the one that does, so
 * that nothing is left to compile. They end after a number of jobs or, for those who are
 * slow, after a time, whichever comes first, and all begin alike: with a stored load and
 * a start.
 *
 * @param rounds most drains
 * @param jobs of each
 * @param time after which no other drain begins
 */
record DrainWarmUp(int rounds, int jobs, Duration time) {

	private static final DrainWarmUp NONE = new DrainWarmUp(0, 0, Duration.ZERO);

	/**
	 * Returns what makes each of these JVMs as warm as if it were the only one.
	 */
	static DrainWarmUp of(Scale scale, int measuredJobs, int jvms) {
		return (scale.quick()) ? NONE : new DrainWarmUp(5 * jvms, measuredJobs / 2, Duration.ofSeconds(12L * jvms));
	}

	/**
	 * Returns how many jobs it takes at most.
	 */
	int mostJobs() {
		return this.rounds * this.jobs;
	}

	/**
	 * Drains.
	 * @return how many jobs it took
	 */
	int run(Trial trial) throws InterruptedException {
		long begin = System.nanoTime();
		int done = 0;
		while (done < mostJobs() && System.nanoTime() - begin < this.time.toNanos()) {
			trial.first().ask(new Preload(done, this.jobs, Filler.USUAL_PAYLOAD));
			trial.startWorking();
			done += this.jobs;
			trial.awaitDrained(done);
			trial.stopWorking();
		}
		return done;
	}

}

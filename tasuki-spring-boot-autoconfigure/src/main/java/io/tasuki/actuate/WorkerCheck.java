package io.tasuki.actuate;

import java.util.List;

/** The worker takes jobs. */
record WorkerCheck() implements Check {

	private static final Problem STOPPED = new Problem("The worker is stopped: this instance runs no jobs",
			"Nothing, if the instance stops. Else restart it, and see who has called Worker.stop()");

	private static final String DRAINS = "Nothing, if the instance stops: jobs that take longer than"
			+ " tasuki.worker.shutdown-timeout are handed back and run elsewhere. Else see who has called Worker.stop()";

	@Override
	public String name() {
		return "worker";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		if (!situation.worker().running()) {
			return List.of(STOPPED);
		}
		return (situation.draining()) ? List.of(new Problem(
				"The worker drains: it takes no more jobs, and %s".formatted(running(situation.load().running())),
				DRAINS)) : List.of();
	}

	private static String running(int jobs) {
		return (jobs == 1) ? "1 job still runs" : "%d jobs still run".formatted(jobs);
	}

}

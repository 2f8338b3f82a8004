package io.tasuki.benchmarks.comparison.report;

/**
 * The workloads, as {@link Measurement}s and {@link Targets} call them.
 */
public final class Workloads {

	/** How fast jobs that wait are run. */
	public static final String DRAIN = "drain";

	/** How fast jobs are stored, while nobody works. */
	public static final String ENQUEUE = "enqueue";

	/** How long a job waits for an idle worker, from commit to the handler's start. */
	public static final String LATENCY = "latency";

	/** How many jobs are stored and run at the same time, for long. */
	public static final String STEADY = "steady";

	/** How fast jobs are run when something else burdens the tables. */
	public static final String FLATNESS = "flatness";

	/** Who waits how long. */
	public static final String FAIRNESS = "fairness";

	/** What an idle instance costs. */
	public static final String AT_REST = "at rest";

	/** What many or large jobs cost. */
	public static final String SIZE = "size";

	private Workloads() {
	}

}

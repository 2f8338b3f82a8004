package io.tasuki.benchmarks.comparison.report;

/**
 * The contestants, as {@link Measurement}s and {@link Targets} call them.
 */
public final class Contestants {

	/** An application with default settings. */
	public static final String TASUKI = "tasuki";

	/** The same, tuned: no archive. */
	public static final String TASUKI_NO_ARCHIVE = "tasuki-no-archive";

	/** tasuki's statements in a plain JDBC loop. */
	public static final String BARE = "bare";

	/** The same with the archive. */
	public static final String BARE_ARCHIVE = "bare-archive";

	/** db-scheduler, lock-and-fetch. */
	public static final String DB_SCHEDULER = "db-scheduler";

	/** JobRunr, the open source edition. */
	public static final String JOBRUNR = "jobrunr";

	private Contestants() {
	}

}

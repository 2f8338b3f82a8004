package io.tasuki;

/**
 * Looks at the database beneath the queues. Safe for use by many threads.
 */
public interface DatabaseOperations {

	/**
	 * Reports what keeps the table of live jobs small, and who keeps it from being so.
	 * Reads catalogs and statistics, on a connection of its own: no job, whatever the
	 * queues hold. A role that may not see other roles' sessions
	 * ({@code pg_read_all_stats}, part of {@code pg_monitor}) learns less of them, and
	 * fails at nothing.
	 */
	DatabaseReport inspect();

}

package io.tasuki;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's statistics say about the table of live jobs, and about whoever keeps
 * dead rows in it.
 *
 * @param liveRows about how many rows the table has
 * @param deadRows about how many rows of it are deleted or replaced, and not yet removed
 * @param sinceVacuum time since the table was last vacuumed; {@code null} if it never was
 * @param sinceAnalyze time since the table was last analyzed; {@code null} if it never
 * was
 * @param snapshotHolders who holds the oldest snapshots, the one with most transactions
 * behind it first
 */
public record DatabaseReport(long liveRows, long deadRows, @Nullable Duration sinceVacuum,
		@Nullable Duration sinceAnalyze, List<SnapshotHolder> snapshotHolders) {

	public DatabaseReport {
		snapshotHolders = List.copyOf(snapshotHolders);
	}

}

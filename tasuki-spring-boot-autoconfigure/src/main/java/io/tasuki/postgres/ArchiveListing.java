package io.tasuki.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.JobFilter;
import io.tasuki.JobPage;
import io.tasuki.JobPageRequest;
import io.tasuki.postgres.ListArchivedJobs.Found;
import org.jspecify.annotations.Nullable;

/**
 * Walks the archive backwards, partition by partition and some blocks at a time: the
 * archive has no index that knows an order, since each job that finishes would pay for
 * it.
 */
final class ArchiveListing {

	/** Blocks that the first statement reads: enough for a page if all rows match. */
	private static final long FIRST_STEP = 32;

	private final CallersConnection connection;

	private final JobFilter filter;

	private final int size;

	private final long lookAt;

	private final List<Found> found = new ArrayList<>();

	private long looked;

	private long step = FIRST_STEP;

	private ArchiveListing(CallersConnection connection, JobFilter filter, int size, long lookAt) {
		this.connection = connection;
		this.filter = filter;
		this.size = size;
		this.lookAt = lookAt;
	}

	/**
	 * Returns a page.
	 * @param lookAt how many blocks it may read at most, or a few more
	 */
	static JobPage<Found> run(CallersConnection connection, JobFilter filter, JobPageRequest page, long lookAt)
			throws SQLException {
		ArchiveListing listing = new ArchiveListing(connection, filter, page.size(), lookAt);
		ArchivePlace next = listing.walk(JobCursors.finished(page.after()));
		return new JobPage<>(listing.found, (next != null) ? JobCursors.finished(next) : null);
	}

	private @Nullable ArchivePlace walk(@Nullable ArchivePlace after) throws SQLException {
		for (ArchivePlace end : FindArchiveDays.run(this.connection)) {
			if ((after != null && end.day().isAfter(after.day())) || !mayHold(end.day())) {
				continue;
			}
			ArchivePlace next = walkDay((after != null && after.day().equals(end.day())) ? after : end);
			if (next != null) {
				return next;
			}
		}
		return null;
	}

	private boolean mayHold(LocalDate day) {
		Instant begins = day.atStartOfDay(ZoneOffset.UTC).toInstant();
		Instant ends = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
		return (this.filter.finishedFrom() == null || this.filter.finishedFrom().isBefore(ends))
				&& (this.filter.finishedBefore() == null || this.filter.finishedBefore().isAfter(begins));
	}

	/**
	 * Returns where to go on; {@code null} when this day is through.
	 */
	private @Nullable ArchivePlace walkDay(ArchivePlace end) throws SQLException {
		ArchivePlace to = end;
		while (!to.atStart()) {
			if (this.looked >= this.lookAt) {
				return to;
			}
			ArchivePlace from = to.before(this.step);
			List<Found> some = ListArchivedJobs.run(this.connection, this.filter, from, to,
					this.size - this.found.size());
			this.looked += to.block() - from.block() + 1;
			this.step *= 2;
			this.found.addAll(some);
			if (this.found.size() == this.size) {
				return some.get(some.size() - 1).place();
			}
			to = from;
		}
		return null;
	}

}

package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.tasuki.JobFilter;
import io.tasuki.JobState;
import org.jspecify.annotations.Nullable;

/** The arguments by which a listing narrows what it has looked at. */
final class JobFilters {

	private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

	private JobFilters() {
	}

	/**
	 * Binds states, queue, kind, label and the bounds of the creation.
	 * @return the number of the next parameter
	 */
	static int bind(PreparedStatement statement, int first, JobFilter filter) throws SQLException {
		statement.setObject(first, states(filter));
		statement.setString(first + 1, filter.queue());
		statement.setString(first + 2, filter.kind());
		statement.setString(first + 3, filter.label());
		statement.setObject(first + 4, from(filter.createdFrom()));
		statement.setObject(first + 5, before(filter.createdBefore()));
		return first + 6;
	}

	static String[] states(JobFilter filter) {
		return filter.states().stream().map(JobState::name).toArray(String[]::new);
	}

	/**
	 * Returns a moment from which on; without one, the infinite past.
	 */
	static OffsetDateTime from(@Nullable Instant moment) {
		return (moment == null || moment.isBefore(EARLIEST)) ? OffsetDateTime.MIN : finite(moment);
	}

	/**
	 * Returns a moment up to which; without one, the infinite future.
	 */
	static OffsetDateTime before(@Nullable Instant moment) {
		return (moment != null) ? from(moment) : OffsetDateTime.MAX;
	}

	private static OffsetDateTime finite(Instant moment) {
		return (moment.isAfter(Timestamps.LATEST)) ? OffsetDateTime.MAX : moment.atOffset(ZoneOffset.UTC);
	}

}

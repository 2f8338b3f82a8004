package io.tasuki.postgres;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Moments and durations as PostgreSQL takes and gives them: exact to the microsecond, and
 * within what its types can hold.
 */
final class Timestamps {

	/** Latest moment a job waits for; far enough, and short of every overflow. */
	static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

	private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant GREGORIAN = Instant.parse("1600-01-01T00:00:00Z");

	private static final Duration LONGEST = Duration.ofDays(365L * 7000);

	private Timestamps() {
	}

	/**
	 * Makes an array of {@code timestamptz}; a {@code null} stays one.
	 */
	static Array array(PreparedStatement statement, Stream<? extends @Nullable Instant> moments) throws SQLException {
		Object[] texts = moments.map((moment) -> (moment != null) ? text(moment) : null).toArray();
		return statement.getConnection().createArrayOf("timestamptz", texts);
	}

	/**
	 * Writes a moment as text for a {@code timestamptz}. Nothing becomes the infinity
	 * ahead, with which PostgreSQL cannot reckon.
	 */
	static String text(Instant moment) {
		if (moment.isBefore(EARLIEST)) {
			return "-infinity";
		}
		return moment.isAfter(LATEST) ? LATEST.toString() : moment.toString();
	}

	/**
	 * Returns a duration in microseconds, at most some thousand years.
	 */
	static long micros(Duration duration) {
		Duration bounded = (duration.compareTo(LONGEST) > 0) ? LONGEST : duration;
		return TimeUnit.MICROSECONDS.convert(bounded.isNegative() ? Duration.ZERO : bounded);
	}

	static Instant instant(ResultSet row, int column) throws SQLException {
		return Objects.requireNonNull(read(row, column));
	}

	/**
	 * Reads a moment, or returns the other one where the row has none.
	 */
	static Instant instant(ResultSet row, int column, Instant other) throws SQLException {
		Instant read = read(row, column);
		return (read != null) ? read : other;
	}

	private static @Nullable Instant read(ResultSet row, int column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		if (timestamp == null) {
			return null;
		}
		// The driver makes an OffsetDateTime in five times the time, but counts the days
		// of a Timestamp by the Julian calendar where that was in use.
		Instant instant = timestamp.toInstant();
		return instant.isBefore(GREGORIAN) ? row.getObject(column, OffsetDateTime.class).toInstant() : instant;
	}

	/**
	 * Returns the moment that PostgreSQL gave in microseconds since 1970.
	 */
	static Instant instant(long micros) {
		return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
	}

	static @Nullable Duration duration(ResultSet row, int column) throws SQLException {
		long micros = row.getLong(column);
		return (row.wasNull()) ? null : Duration.of(micros, ChronoUnit.MICROS);
	}

}

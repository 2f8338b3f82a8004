package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.tasuki.EnqueuedJob.Effect;
import io.tasuki.JobId;
import io.tasuki.UniqueKey;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;

/** How a {@link NewJob} becomes a row, and what comes back an {@link InsertedJob}. */
final class NewJobRow {

	private NewJobRow() {
	}

	/**
	 * Returns whether a job is due at once and has neither label nor metadata.
	 */
	static boolean isUsual(NewJob job) {
		return job.runAt() == null && job.label() == null && job.metadata() == null && delayMicros(job) == 0;
	}

	static void bindDue(PreparedStatement statement, NewJob job) throws SQLException {
		statement.setString(1, job.queue());
		statement.setString(2, job.kind());
		statement.setString(3, job.payload());
		statement.setInt(4, job.priority());
		statement.setObject(5, job.maxAttempts(), Types.SMALLINT);
	}

	static void bind(PreparedStatement statement, NewJob job) throws SQLException {
		bindDue(statement, job);
		statement.setString(6, runAt(job));
		statement.setLong(7, delayMicros(job));
		statement.setString(8, job.label());
		statement.setString(9, job.metadata());
	}

	/**
	 * Returns the key as the statements take it: empty, which no key of a caller's is,
	 * for kind and payload.
	 */
	static @Nullable String uniqueKey(NewJob job) {
		UniqueKey key = job.uniqueKey();
		return (key != null) ? Objects.requireNonNullElse(key.value(), "") : null;
	}

	static @Nullable String runAt(NewJob job) {
		Instant runAt = job.runAt();
		if (runAt == null) {
			return null;
		}
		// The database's calendar begins later than Java's, and all of the past means
		// now.
		return (runAt.isBefore(Instant.EPOCH)) ? Instant.EPOCH.toString()
				: runAt.truncatedTo(ChronoUnit.MICROS).toString();
	}

	static long delayMicros(NewJob job) {
		Duration delay = job.delay();
		return (delay != null) ? delay.getSeconds() * 1_000_000 + delay.getNano() / 1_000 : 0;
	}

	/**
	 * Reads a row of an id and a run-at: a job that was stored and is due.
	 */
	static InsertedJob due(ResultSet row) throws SQLException {
		return due(position(row));
	}

	static InsertedJob due(Position position) {
		return new InsertedJob(new JobId(position.id()), Effect.CREATED, position, Duration.ZERO);
	}

	/**
	 * Reads a row of an id, a run-at, the name of an effect, and when the job is due.
	 */
	static InsertedJob inserted(ResultSet row) throws SQLException {
		Position position = position(row);
		Duration dueIn = Duration.of(Math.max(0, row.getLong(4)), ChronoUnit.MICROS);
		return new InsertedJob(new JobId(position.id()), Effect.valueOf(row.getString(3)), position, dueIn);
	}

	private static Position position(ResultSet row) throws SQLException {
		return new Position(Timestamps.instant(row, 2), row.getLong(1));
	}

}

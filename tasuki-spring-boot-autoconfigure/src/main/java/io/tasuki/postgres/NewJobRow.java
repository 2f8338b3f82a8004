package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

import io.tasuki.JobId;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;

/** How a {@link NewJob} becomes a row, and what comes back an {@link InsertedJob}. */
final class NewJobRow {

	private NewJobRow() {
	}

	static void bind(PreparedStatement statement, NewJob job) throws SQLException {
		statement.setString(1, job.queue());
		statement.setString(2, job.kind());
		statement.setString(3, job.payload());
		statement.setInt(4, job.priority());
		statement.setObject(5, job.maxAttempts(), Types.SMALLINT);
		statement.setString(6, runAt(job));
		statement.setLong(7, delayMicros(job));
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

	static InsertedJob inserted(ResultSet row) throws SQLException {
		long id = row.getLong("id");
		Position position = new Position(row.getObject("run_at", OffsetDateTime.class).toInstant(), id);
		Duration dueIn = Duration.of(Math.max(0, row.getLong("due_in")), ChronoUnit.MICROS);
		return new InsertedJob(new JobId(id), row.getBoolean("created"), position, dueIn);
	}

}

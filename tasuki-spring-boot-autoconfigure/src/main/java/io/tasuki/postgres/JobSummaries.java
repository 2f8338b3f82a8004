package io.tasuki.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.JobSummary;
import org.jspecify.annotations.Nullable;

/** Reads the rows of listings. */
final class JobSummaries {

	private JobSummaries() {
	}

	static JobSummary read(ResultSet row) throws SQLException {
		return new JobSummary(new JobId(row.getLong("id")), row.getString("kind"), row.getString("queue"),
				JobState.valueOf(row.getString("state")), row.getInt("priority"), row.getInt("attempt"),
				row.getObject("max_attempts", Integer.class), moment(row, "run_at"), moment(row, "created_at"),
				nullableMoment(row, "finished_at"), row.getString("unique_key"), row.getString("label"),
				row.getObject("progress", Integer.class), row.getString("reason"));
	}

	private static Instant moment(ResultSet row, String column) throws SQLException {
		return row.getObject(column, OffsetDateTime.class).toInstant();
	}

	static @Nullable Instant nullableMoment(ResultSet row, String column) throws SQLException {
		OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
		return (moment != null) ? moment.toInstant() : null;
	}

}

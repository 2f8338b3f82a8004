package io.tasuki.benchmarks.soak.load;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/** Writes down which jobs are to run, in the transaction that enqueues them. */
final class ExpectedTable {

	private static final String SQL = """
			insert into soak.expected (number, job_id, kind, unique_key, enqueued_at)
			values (?, ?, ?, ?, ?)
			""";

	private final JdbcOperations jdbc;

	ExpectedTable(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	void insert(List<Row> rows) {
		this.jdbc.batchUpdate(SQL, rows, Math.max(1, rows.size()), (statement, row) -> {
			statement.setLong(1, row.number());
			statement.setLong(2, row.job().value());
			statement.setString(3, row.kind().word());
			statement.setString(4, row.uniqueKey());
			statement.setTimestamp(5, Timestamp.from(row.enqueuedAt()));
		});
	}

	/**
	 * A job that is to run.
	 *
	 * @param enqueuedAt a moment before its row was written
	 */
	record Row(long number, JobId job, Kind kind, @Nullable String uniqueKey, Instant enqueuedAt) {

	}

}

package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

/** How many {@link NewJob}s become one array per column. */
final class NewJobArrays {

	private NewJobArrays() {
	}

	static void bind(CallersConnection connection, PreparedStatement statement, List<NewJob> jobs) throws SQLException {
		statement.setArray(1, connection.array("text", column(jobs, NewJob::queue)));
		statement.setArray(2, connection.array("text", column(jobs, NewJob::kind)));
		statement.setArray(3, connection.array("text", column(jobs, NewJob::payload)));
		statement.setArray(4, connection.array("int2", column(jobs, NewJob::priority)));
		statement.setArray(5, connection.array("int2", column(jobs, NewJob::maxAttempts)));
		statement.setArray(6, connection.array("timestamptz", column(jobs, NewJobRow::runAt)));
		statement.setArray(7, connection.array("int8", column(jobs, NewJobRow::delayMicros)));
	}

	static @Nullable Object[] column(List<NewJob> jobs, Function<NewJob, @Nullable Object> column) {
		return jobs.stream().map(column).toArray();
	}

}

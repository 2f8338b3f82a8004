package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

/**
 * How many {@link NewJob}s become one array per column: of the types that the driver
 * sends as they are, rather than as one long text that quotes every payload.
 */
final class NewJobArrays {

	private NewJobArrays() {
	}

	static void bind(PreparedStatement statement, List<NewJob> jobs) throws SQLException {
		statement.setObject(1, texts(jobs, NewJob::queue));
		statement.setObject(2, texts(jobs, NewJob::kind));
		statement.setObject(3, texts(jobs, NewJob::payload));
		statement.setObject(4, priorities(jobs));
		statement.setObject(5, maxAttempts(jobs));
		statement.setObject(6, texts(jobs, NewJobRow::runAt));
		statement.setObject(7, jobs.stream().mapToLong(NewJobRow::delayMicros).toArray());
		statement.setObject(8, texts(jobs, NewJob::label));
		statement.setObject(9, texts(jobs, NewJob::metadata));
	}

	static @Nullable String[] texts(List<NewJob> jobs, Function<NewJob, @Nullable String> column) {
		return jobs.stream().map(column).toArray(String[]::new);
	}

	private static short[] priorities(List<NewJob> jobs) {
		short[] priorities = new short[jobs.size()];
		for (int i = 0; i < priorities.length; i++) {
			priorities[i] = (short) jobs.get(i).priority();
		}
		return priorities;
	}

	/** With 0, which no job may have, for those that leave it to the handler. */
	private static short[] maxAttempts(List<NewJob> jobs) {
		short[] maxAttempts = new short[jobs.size()];
		for (int i = 0; i < maxAttempts.length; i++) {
			Integer asked = jobs.get(i).maxAttempts();
			maxAttempts[i] = (short) ((asked != null) ? asked : 0);
		}
		return maxAttempts;
	}

}

package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;

/**
 * Stores many jobs that are due at once, have no unique keys, labels and metadata, and
 * differ in nothing but their payloads: the usual ones.
 */
final class InsertAlikeJobs {

	// Each further array would be kept aside row by row before the first row is stored.
	// Order and ids as in InsertManyJobs; the default of run_at is now.
	static final String SQL = """
			insert into tasuki.job (queue, kind, payload, priority, max_attempts)
			select ?, ?, payload::jsonb, ?, ?
			  from unnest(?::text[]) with ordinality as given (payload, n)
			 order by n
			returning id, run_at
			""";

	private InsertAlikeJobs() {
	}

	static boolean suits(List<NewJob> jobs) {
		NewJob first = jobs.get(0);
		for (NewJob job : jobs) {
			if (!NewJobRow.isUsual(job) || !isAlike(first, job)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isAlike(NewJob one, NewJob other) {
		return one.queue().equals(other.queue()) && one.kind().equals(other.kind())
				&& one.priority() == other.priority() && Objects.equals(one.maxAttempts(), other.maxAttempts());
	}

	static List<InsertedJob> run(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			bind(statement, jobs);
			try (ResultSet rows = statement.executeQuery()) {
				List<InsertedJob> inserted = new ArrayList<>(jobs.size());
				while (rows.next()) {
					inserted.add(NewJobRow.due(rows));
				}
				inserted.sort(Comparator.comparingLong((job) -> job.id().value()));
				return inserted;
			}
		}
	}

	private static void bind(PreparedStatement statement, List<NewJob> jobs) throws SQLException {
		NewJob first = jobs.get(0);
		statement.setString(1, first.queue());
		statement.setString(2, first.kind());
		statement.setInt(3, first.priority());
		statement.setObject(4, first.maxAttempts(), Types.SMALLINT);
		statement.setObject(5, NewJobArrays.texts(jobs, NewJob::payload));
	}

}

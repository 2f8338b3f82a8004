package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

/** Stores one job, unless a live job of its queue has its unique key. */
final class InsertOneUniqueJob {

	static final String SQL = """
			with inserted as (
			  insert into tasuki.job (queue, kind, payload, priority, max_attempts, run_at, unique_key)
			  values (?, ?, ?::jsonb, ?, ?,
			          greatest(?::timestamptz, clock_timestamp() + ? * interval '1 microsecond'), ?)
			  on conflict (queue, unique_key) where unique_key is not null do nothing
			  returning id, run_at)
			select id, run_at, true as created,
			       (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint as due_in
			  from inserted
			union all
			select id, run_at, false, 0
			  from tasuki.job
			 where queue = ? and unique_key = ? and not exists (select from inserted)
			""";

	private InsertOneUniqueJob() {
	}

	/**
	 * Returns the job or the one that holds its key.
	 * @return {@code null} if the key is taken by a job that this statement cannot see
	 */
	static @Nullable InsertedJob run(CallersConnection connection, NewJob job) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			NewJobRow.bind(statement, job);
			statement.setString(8, job.uniqueKey());
			statement.setString(9, job.queue());
			statement.setString(10, job.uniqueKey());
			try (ResultSet rows = statement.executeQuery()) {
				return (rows.next()) ? NewJobRow.inserted(rows) : null;
			}
		}
	}

}

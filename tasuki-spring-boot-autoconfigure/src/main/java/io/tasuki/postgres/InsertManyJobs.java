package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;

/** Stores many jobs of which none has a unique key. */
final class InsertManyJobs {

	// The ids are drawn before the insert, because RETURNING promises no order.
	static final String SQL = """
			with input as materialized (
			  select nextval('tasuki.job_id_seq') as id, queue, kind, payload, priority, max_attempts, n,
			         greatest(run_at, clock_timestamp() + delay * interval '1 microsecond') as run_at
			    from unnest(?::text[], ?::text[], ?::text[], ?::smallint[], ?::smallint[], ?::timestamptz[], ?::bigint[])
			         with ordinality as given (queue, kind, payload, priority, max_attempts, run_at, delay, n)),
			inserted as (
			  insert into tasuki.job (id, queue, kind, payload, priority, max_attempts, run_at)
			  overriding system value
			  select id, queue, kind, payload::jsonb, priority, max_attempts, run_at from input)
			select id, run_at, true as created,
			       (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint as due_in
			  from input
			 order by n
			""";

	private InsertManyJobs() {
	}

	static List<InsertedJob> run(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			NewJobArrays.bind(connection, statement, jobs);
			try (ResultSet rows = statement.executeQuery()) {
				List<InsertedJob> inserted = new ArrayList<>(jobs.size());
				while (rows.next()) {
					inserted.add(NewJobRow.inserted(rows));
				}
				return inserted;
			}
		}
	}

}

package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;

/** Stores many jobs of which none has a unique key. */
final class InsertManyJobs {

	// Rows are inserted, and their ids drawn, in the order of the select, but RETURNING
	// promises none: the ids tell which row is which job.
	static final String SQL = """
			insert into tasuki.job (queue, kind, payload, priority, max_attempts, run_at, label, metadata)
			select queue, kind, payload::jsonb, priority, nullif(max_attempts, 0),
			       greatest(run_at, clock_timestamp() + delay * interval '1 microsecond'), label, metadata::jsonb
			  from unnest(?::text[], ?::text[], ?::text[], ?::smallint[], ?::smallint[], ?::timestamptz[], ?::bigint[],
			              ?::text[], ?::text[])
			       with ordinality
			         as given (queue, kind, payload, priority, max_attempts, run_at, delay, label, metadata, n)
			 order by n
			returning id, run_at, 'CREATED' as effect,
			          case
			            when run_at <= clock_timestamp() then 0
			            else (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint
			          end as due_in
			""";

	private InsertManyJobs() {
	}

	static List<InsertedJob> run(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			NewJobArrays.bind(statement, jobs);
			try (ResultSet rows = statement.executeQuery()) {
				List<InsertedJob> inserted = new ArrayList<>(jobs.size());
				while (rows.next()) {
					inserted.add(NewJobRow.inserted(rows));
				}
				inserted.sort(Comparator.comparingLong((job) -> job.id().value()));
				return inserted;
			}
		}
	}

}

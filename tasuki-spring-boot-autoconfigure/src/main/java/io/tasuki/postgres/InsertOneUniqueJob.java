package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

/** Stores one job, unless a live job of its queue has its unique key. */
final class InsertOneUniqueJob {

	// jsonb writes equal payloads as the same text, whatever text they came as.
	static final String SQL = """
			with given as (
			  select ?::text as queue, ?::text as kind, ?::jsonb as payload, ?::smallint as priority,
			         ?::smallint as max_attempts,
			         greatest(?::timestamptz, clock_timestamp() + ? * interval '1 microsecond') as run_at,
			         ?::text as label, ?::jsonb as metadata, ?::text as unique_key),
			asked as materialized (
			  select queue, kind, payload, priority, max_attempts, run_at, label, metadata,
			         case
			           when unique_key = ''
			             then 'payload:' || encode(sha256(convert_to(concat_ws(chr(31), kind, payload), 'UTF8')), 'hex')
			           else unique_key
			         end as unique_key
			    from given),
			inserted as (
			  insert into tasuki.job (queue, kind, payload, priority, max_attempts, run_at, label, metadata, unique_key)
			  select queue, kind, payload, priority, max_attempts, run_at, label, metadata, unique_key
			    from asked
			  on conflict (queue, unique_key) where unique_key is not null do nothing
			  returning id, run_at)
			select id, run_at, 'CREATED' as effect,
			       (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint as due_in
			  from inserted
			union all
			select holder.id, holder.run_at, holder.effect, 0
			  from asked
			 cross join lateral (
			    select id, run_at, case when lease_expires_at is null then 'EXISTING' else 'RUNNING' end as effect
			      from tasuki.job
			     where job.queue = asked.queue and job.unique_key = asked.unique_key
			     limit 1) as holder
			 where not exists (select from inserted)
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
			statement.setString(10, NewJobRow.uniqueKey(job));
			try (ResultSet rows = statement.executeQuery()) {
				return (rows.next()) ? NewJobRow.inserted(rows) : null;
			}
		}
	}

}

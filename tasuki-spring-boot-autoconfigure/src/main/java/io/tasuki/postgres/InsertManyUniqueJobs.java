package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

/**
 * Stores many jobs, each unless a live job of its queue has its unique key. Of several
 * with the same key among them, the first is stored.
 */
final class InsertManyUniqueJobs {

	// jsonb writes equal payloads as the same text, whatever text they came as.
	// Sorted by key, so that two batches with the same keys wait for each other instead
	// of
	// deadlocking. The limit keeps the search for a holder from becoming a join with all
	// of
	// the live table.
	static final String SQL = """
			with given as (
			  select queue, kind, payload::jsonb as payload, priority, nullif(max_attempts, 0) as max_attempts,
			         greatest(run_at, clock_timestamp() + delay * interval '1 microsecond') as run_at,
			         label, metadata::jsonb as metadata, unique_key, n
			    from unnest(?::text[], ?::text[], ?::text[], ?::smallint[], ?::smallint[], ?::timestamptz[], ?::bigint[],
			                ?::text[], ?::text[], ?::text[])
			         with ordinality as given (queue, kind, payload, priority, max_attempts, run_at, delay, label,
			                                   metadata, unique_key, n)),
			input as materialized (
			  select nextval('tasuki.job_id_seq') as id, queue, kind, payload, priority, max_attempts, run_at, label,
			         metadata, n,
			         case
			           when unique_key = ''
			             then 'payload:' || encode(sha256(convert_to(concat_ws(chr(31), kind, payload), 'UTF8')), 'hex')
			           else unique_key
			         end as unique_key
			    from given),
			inserted as (
			  insert into tasuki.job (id, queue, kind, payload, priority, max_attempts, run_at, label, metadata,
			                          unique_key)
			  overriding system value
			  select id, queue, kind, payload, priority, max_attempts, run_at, label, metadata, unique_key
			    from input
			   order by queue collate "C", unique_key collate "C", n
			  on conflict (queue, unique_key) where unique_key is not null do nothing
			  returning id, queue, unique_key, run_at)
			select coalesce(own.id, twin.id, holder.id) as id,
			       coalesce(own.run_at, twin.run_at, holder.run_at) as run_at,
			       case
			         when own.id is not null then 'CREATED'
			         when holder.lease_expires_at is not null then 'RUNNING'
			         else 'EXISTING'
			       end as effect,
			       (extract(epoch from own.run_at - clock_timestamp()) * 1000000)::bigint as due_in
			  from input
			  left join inserted own on own.id = input.id
			  left join inserted twin
			    on own.id is null and twin.queue = input.queue and twin.unique_key = input.unique_key
			  left join lateral (
			    select job.id, job.run_at, job.lease_expires_at
			      from tasuki.job
			     where own.id is null and twin.id is null
			       and job.queue = input.queue and job.unique_key = input.unique_key
			     limit 1) holder on true
			 order by input.n
			""";

	private InsertManyUniqueJobs() {
	}

	/**
	 * Returns each job or the one that holds its key, in the order of the argument.
	 * @return {@code null} in place of a job whose key is taken by one that this
	 * statement cannot see
	 */
	static List<@Nullable InsertedJob> run(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			NewJobArrays.bind(statement, jobs);
			statement.setObject(10, NewJobArrays.texts(jobs, NewJobRow::uniqueKey));
			try (ResultSet rows = statement.executeQuery()) {
				List<@Nullable InsertedJob> inserted = new ArrayList<>(jobs.size());
				while (rows.next()) {
					inserted.add((rows.getLong("id") != 0) ? NewJobRow.inserted(rows) : null);
				}
				return inserted;
			}
		}
	}

}

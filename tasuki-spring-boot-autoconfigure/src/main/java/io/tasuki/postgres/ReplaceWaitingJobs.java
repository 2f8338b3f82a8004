package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.ConflictPolicy;
import io.tasuki.UniqueKey;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;

/**
 * Makes new jobs of those that have their unique keys, as far as no worker holds them. Of
 * several for one job the last counts.
 */
final class ReplaceWaitingJobs {

	// Locked in the order of their ids, so that two batches wait for each other instead
	// of
	// deadlocking. By a range of one id, which only the primary key serves.
	static final String SQL = """
			with given as (
			  select distinct on (id)
			         id, queue, kind, payload::jsonb as payload, priority, nullif(max_attempts, 0) as max_attempts,
			         greatest(run_at, clock_timestamp() + delay * interval '1 microsecond') as run_at,
			         label, metadata::jsonb as metadata, debounce
			    from unnest(?::text[], ?::text[], ?::text[], ?::smallint[], ?::smallint[], ?::timestamptz[], ?::bigint[],
			                ?::text[], ?::text[], ?::bigint[], ?::boolean[])
			         with ordinality as given (queue, kind, payload, priority, max_attempts, run_at, delay, label,
			                                   metadata, id, debounce, n)
			   order by id, n desc),
			waiting as materialized (
			  select locked.id
			    from given
			   cross join lateral (
			      select job.id
			        from tasuki.job
			       where job.id >= given.id and job.id <= given.id
			         and job.unique_key is not null and job.lease_expires_at is null
			       order by job.id
			       limit 1
			         for update) as locked)
			update tasuki.job
			   set kind = given.kind,
			       payload = given.payload,
			       priority = given.priority,
			       max_attempts = given.max_attempts,
			       run_at = case when given.debounce then greatest(job.run_at, given.run_at) else given.run_at end,
			       label = given.label,
			       metadata = given.metadata,
			       created_at = clock_timestamp(),
			       attempt = 0,
			       crashes = 0,
			       crash_owners = null,
			       progress = null,
			       progress_note = null,
			       errors = null,
			       log_lines = null,
			       cancel_requested_at = null
			  from waiting
			  join given on given.id = waiting.id
			 where job.id >= waiting.id and job.id <= waiting.id
			   and job.unique_key is not null and job.lease_expires_at is null
			returning job.id, job.run_at, 'REPLACED' as effect,
			          (extract(epoch from job.run_at - clock_timestamp()) * 1000000)::bigint as due_in
			""";

	private ReplaceWaitingJobs() {
	}

	/**
	 * Returns those that were replaced, by their ids.
	 * @param holders the ids of the jobs that have the keys, in the order of the jobs
	 */
	static Map<Long, InsertedJob> run(CallersConnection connection, List<NewJob> jobs, long[] holders)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			NewJobArrays.bind(statement, jobs);
			statement.setObject(10, holders);
			statement.setArray(11, connection.connection()
				.createArrayOf("boolean", jobs.stream().map(ReplaceWaitingJobs::isDebounced).toArray(Boolean[]::new)));
			try (ResultSet rows = statement.executeQuery()) {
				Map<Long, InsertedJob> replaced = new HashMap<>();
				while (rows.next()) {
					InsertedJob job = NewJobRow.inserted(rows);
					replaced.put(job.id().value(), job);
				}
				return replaced;
			}
		}
	}

	private static boolean isDebounced(NewJob job) {
		UniqueKey key = job.uniqueKey();
		return key != null && key.conflictPolicy() == ConflictPolicy.DEBOUNCE;
	}

}

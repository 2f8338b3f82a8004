package io.tasuki.postgres;

import java.util.List;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/** Moves succeeded jobs from the live table to the archive. */
final class ArchiveSucceededJobs {

	static final String SQL = """
			with gone as (
			  delete from tasuki.job
			   where ctid = any (array(
			     select found.place
			       from unnest(?::bigint[], ?::integer[], ?::bigint[]) as done (id, lease_no, owner)
			      cross join lateral (
			        select job.ctid as place
			          from tasuki.job
			         where job.id >= done.id and job.id <= done.id
			           and job.lease_no = done.lease_no and job.lock_owner = done.owner
			         order by job.id
			           for update skip locked) as found))
			  returning job.*),
			kept as (
			  insert into tasuki.job_archive (
			         id, run_at, created_at, finished_at, lease_no, attempt, priority, max_attempts, crashes, progress,
			         outcome, queue, kind, payload, unique_key, label, progress_note, metadata, crash_owners,
			         log_lines, errors, result)
			  select id, run_at, created_at, now(), lease_no, attempt, priority, max_attempts, crashes, progress,
			         1, queue, kind, payload, unique_key, label, progress_note, metadata, crash_owners, log_lines,
			         errors, ?::jsonb -> id::text
			    from gone)
			select id, lease_no, lock_owner
			  from gone
			""";

	private final JdbcOperations jdbc;

	ArchiveSucceededJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases whose jobs were moved.
	 */
	List<Lease> run(List<Completion> completions) {
		List<Lease> leases = completions.stream().map(Completion::lease).toList();
		return this.jdbc.query(SQL, (statement) -> {
			int next = Leases.bind(statement, 1, leases);
			statement.setString(next, results(completions));
		}, Leases::read);
	}

	/**
	 * Writes the results as one JSON object by the ids of their jobs: a join of two lists
	 * has no good plan here.
	 * @return {@code null} where no job has one, as usual
	 */
	private static @Nullable String results(List<Completion> completions) {
		StringBuilder results = new StringBuilder();
		for (Completion completion : completions) {
			if (completion.outcome() instanceof Outcome.Succeeded succeeded && succeeded.result() != null) {
				results.append(results.isEmpty() ? "{\"" : ",\"")
					.append(completion.lease().id())
					.append("\":")
					.append(succeeded.result());
			}
		}
		return results.isEmpty() ? null : results.append('}').toString();
	}

}

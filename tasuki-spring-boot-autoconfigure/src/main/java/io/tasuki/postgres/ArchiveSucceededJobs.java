package io.tasuki.postgres;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;

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
			         errors)
			  select id, run_at, created_at, now(), lease_no, attempt, priority, max_attempts, crashes, progress,
			         1, queue, kind, payload, unique_key, label, progress_note, metadata, crash_owners, errors
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
	Set<Lease> run(List<Completion> completions) {
		List<Lease> leases = completions.stream().map(Completion::lease).toList();
		return new HashSet<>(this.jdbc.query(SQL, (statement) -> Leases.bind(statement, 1, leases), Leases::read));
	}

}

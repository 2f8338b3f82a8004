package io.tasuki.postgres;

import java.util.List;

import io.tasuki.store.Completion;
import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Deletes jobs whose attempts ended, but which somebody had asked to cancel, where no
 * archive keeps them.
 */
final class DeleteUnwantedJobs {

	static final String SQL = """
			delete from tasuki.job
			 where ctid = any (array(
			   select found.place
			     from unnest(?::bigint[], ?::integer[], ?::bigint[]) as done (id, lease_no, owner)
			    cross join lateral (
			      select job.ctid as place
			        from tasuki.job
			       where job.id >= done.id and job.id <= done.id
			         and job.lease_no = done.lease_no and job.lock_owner = done.owner
			         and job.cancel_requested_at is not null
			       order by job.id
			         for update skip locked) as found))
			returning id, lease_no, lock_owner
			""";

	private final JdbcOperations jdbc;

	DeleteUnwantedJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the leases whose jobs were deleted.
	 */
	List<Lease> run(List<Completion> completions) {
		List<Lease> leases = completions.stream().map(Completion::lease).toList();
		return this.jdbc.query(SQL, (statement) -> Leases.bind(statement, 1, leases), Leases::read);
	}

}

package io.tasuki.postgres;

import java.util.Comparator;
import java.util.List;

import io.tasuki.store.Lease;
import io.tasuki.store.WorkerName;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/** Names the workers that are charged with the crashes of a job. */
final class FindCrashedWorkers {

	static final String SQL = """
			select crashed.number, owner.worker
			  from tasuki.job
			 cross join lateral unnest(job.crash_owners) with ordinality as crashed (owner, number)
			  left join tasuki.owner on owner.id = crashed.owner
			 where job.id = ? and job.lease_no = ? and job.lock_owner = ?
			""";

	private final JdbcOperations jdbc;

	FindCrashedWorkers(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the workers, oldest crash first.
	 */
	List<WorkerName> run(Lease lease) {
		return this.jdbc
			.query(SQL, (row, number) -> new Crashed(row.getInt(1), row.getString(2)), lease.id().value(),
					lease.leaseNo(), lease.owner())
			.stream()
			.sorted(Comparator.comparingInt(Crashed::number))
			.map(Crashed::name)
			.toList();
	}

	private record Crashed(int number, @Nullable String worker) {

		WorkerName name() {
			return (this.worker != null) ? new WorkerName(this.worker) : WorkerName.UNKNOWN;
		}

	}

}

package io.tasuki.postgres;

import java.util.Collection;
import java.util.List;

import io.tasuki.store.Lease;
import io.tasuki.store.ProgressReport;

import org.springframework.jdbc.core.JdbcOperations;

/** Writes the latest progress of running jobs, all in one statement. */
final class WriteProgress {

	static final String SQL = """
			with held as (
			  select found.place, report.percent, report.note
			    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::smallint[], ?::text[])
			           as report (id, lease_no, owner, percent, note)
			   cross join lateral (
			     select job.ctid as place
			       from tasuki.job
			      where job.id >= report.id and job.id <= report.id
			        and job.lease_no = report.lease_no and job.lock_owner = report.owner
			      order by job.id
			        for no key update skip locked) as found)
			update tasuki.job
			   set progress = held.percent,
			       progress_note = held.note
			  from held
			 where job.ctid = held.place
			""";

	private final JdbcOperations jdbc;

	WriteProgress(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	void run(Collection<ProgressReport> reports) {
		List<Lease> leases = reports.stream().map(ProgressReport::lease).toList();
		this.jdbc.update(SQL, (statement) -> {
			int next = Leases.bind(statement, 1, leases);
			statement.setObject(next, reports.stream().mapToInt(ProgressReport::percent).toArray());
			statement.setObject(next + 1,
					reports.stream().map(ProgressReport::note).map(Texts::storable).toArray(String[]::new));
		});
	}

}

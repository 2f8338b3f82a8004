package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tasuki.store.Lease;
import io.tasuki.store.Report;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Writes what handlers said of their jobs: progress, lines and metadata of many jobs in
 * one statement. To write something twice changes nothing more.
 */
final class WriteReports {

	// Lines come with their age, so that the database's clock tells their time. One that
	// is there already was written by a statement whose answer was lost.
	static final String SQL = """
			with held as (
			  select found.place, report.*
			    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::smallint[], ?::text[], ?::text[], ?::text[])
			           as report (id, lease_no, owner, percent, note, lines, metadata)
			   cross join lateral (
			     select job.ctid as place
			       from tasuki.job
			      where job.id >= report.id and job.id <= report.id
			        and job.lease_no = report.lease_no and job.lock_owner = report.owner
			      order by job.id
			        for no key update skip locked) as found)
			update tasuki.job
			   set progress = coalesce(held.percent, job.progress),
			       progress_note = case when held.percent is null then job.progress_note else held.note end,
			       metadata = case
			         when held.metadata is null then job.metadata
			         else nullif(held.metadata::jsonb, '{}')
			       end,
			       log_lines = case
			         when held.lines is null then job.log_lines
			         else jsonb_path_query_array(
			                case when jsonb_typeof(job.log_lines) = 'array' then job.log_lines else '[]' end
			                  || (select coalesce(jsonb_agg(jsonb_build_object(
			                               'attempt', job.attempt, 'at', statement_timestamp()
			                                 - (line->>'age')::bigint * interval '1 microsecond',
			                               'text', line->'text', 'lease', line->'lease', 'no', line->'no')), '[]')
			                        from jsonb_array_elements(held.lines::jsonb) as given (line)
			                       where job.log_lines @> jsonb_build_array(jsonb_build_object(
			                               'lease', line->'lease', 'no', line->'no')) is not true),
			                '$[last - 99 to last]')
			       end
			  from held
			 where job.ctid = held.place
			returning job.id, job.lease_no, job.lock_owner
			""";

	/** A report counts as one, each of its lines as one more, metadata as twenty. */
	private static final int LARGEST_STATEMENT = 2_000;

	private final JdbcOperations jdbc;

	WriteReports(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Writes reports, in several statements if they are many.
	 * @return the leases whose reports were written
	 */
	Set<Lease> run(Collection<Report> reports) {
		Set<Lease> written = new HashSet<>();
		List<Report> some = new ArrayList<>();
		int size = 0;
		for (Report report : reports) {
			some.add(report);
			size += 1 + report.lines().size() + ((report.metadata() != null) ? 20 : 0);
			if (size >= LARGEST_STATEMENT) {
				written.addAll(runAtOnce(some));
				some.clear();
				size = 0;
			}
		}
		if (!some.isEmpty()) {
			written.addAll(runAtOnce(some));
		}
		return written;
	}

	private List<Lease> runAtOnce(List<Report> reports) {
		return this.jdbc.query(SQL, (statement) -> bind(statement, reports), Leases::read);
	}

	private static void bind(PreparedStatement statement, List<Report> reports) throws SQLException {
		long now = System.nanoTime();
		int next = Leases.bind(statement, 1, reports.stream().map(Report::lease).toList());
		statement.setObject(next, reports.stream().map(WriteReports::percent).toArray(Integer[]::new));
		statement.setObject(next + 1, reports.stream().map(WriteReports::note).toArray(String[]::new));
		statement.setObject(next + 2,
				reports.stream().map((report) -> ReportJson.lines(report.lines(), now)).toArray(String[]::new));
		statement.setObject(next + 3,
				reports.stream().map((report) -> ReportJson.metadata(report.metadata())).toArray(String[]::new));
	}

	private static @Nullable Integer percent(Report report) {
		return (report.progress() != null) ? report.progress().percent() : null;
	}

	private static @Nullable String note(Report report) {
		return (report.progress() != null) ? Texts.storable(report.progress().note()) : null;
	}

}

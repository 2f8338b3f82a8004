package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Position;

import org.springframework.jdbc.core.JdbcOperations;

/** Takes due jobs for one worker and starts their leases. */
final class ClaimJobs {

	// ctid = any (array (…)) runs once and leaves the planner no join order to get wrong.
	// A takeover repeats the attempt: the dead worker may never have begun it. It charges
	// the first crash, later ones are charged by whoever starts the job.
	// "offset 0" keeps the split of the kinds from being repeated for every row.
	// The commit is asynchronous, by a setting that ends with the statement.
	static final String SQL = """
			update tasuki.job
			   set lease_no = lease_no + 1,
			       attempt = case when lease_expires_at is null then attempt + 1 else attempt end,
			       crashes = case when lease_expires_at is null then crashes else greatest(crashes, 1) end,
			       crash_owners = case
			         when lease_expires_at is not null and crashes = 0 then array[lock_owner]
			         else crash_owners
			       end,
			       lock_owner = ?,
			       lease_expires_at = clock_timestamp() + ? * interval '1 microsecond'
			 where ctid = any (array(
			   select due.ctid
			     from unnest(?::text[], ?::text[], ?::integer[])
			            with ordinality as line (queue, kinds, line_limit, number)
			    cross join lateral (
			      select string_to_array(line.kinds, chr(31)) as kinds,
			             ? and now() - pg_postmaster_start_time() > ? * interval '1 microsecond' / 3 as take_over
			      offset 0) as asked
			    cross join lateral (
			      select ready.ctid
			        from generate_series(0, 9) as level (priority)
			       cross join lateral (
			         select job.ctid
			           from tasuki.job
			          where job.queue = line.queue
			            and job.priority = level.priority
			            and (job.run_at, job.id) > (
			                  (?::timestamptz[])[(line.number - 1) * 10 + level.priority + 1],
			                  (?::bigint[])[(line.number - 1) * 10 + level.priority + 1])
			            and job.run_at <= now()
			            and job.kind = any (asked.kinds)
			            and case
			                  when job.lease_expires_at is null then job.crashes = 0 or asked.take_over
			                  else job.lease_expires_at < now() and asked.take_over and job.lock_owner <> ?
			                end
			          order by job.run_at, job.id
			          limit line.line_limit
			            for no key update skip locked) as ready
			       limit line.line_limit) as due
			    limit ?))
			   and (select set_config('synchronous_commit', 'off', true)) is not null
			returning id, lease_no, lock_owner, kind, queue, payload::text, priority, attempt, max_attempts, run_at,
			          nullif(created_at, run_at), crashes, cancel_requested_at is not null, label,
			          case
			            when metadata is not null
			              then array(select unnest(array[entry.key, entry.value]) from jsonb_each_text(metadata) as entry)
			          end
			""";

	static final Comparator<ClaimedJob> RUN_ORDER = Comparator.comparingInt((ClaimedJob job) -> job.job().priority())
		.thenComparing((job) -> job.job().runAt())
		.thenComparingLong((job) -> job.job().id().value());

	private static final String KIND_SEPARATOR = "\u001f";

	private final JdbcOperations jdbc;

	ClaimJobs(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	List<ClaimedJob> run(ClaimRequest request, long owner) {
		List<ClaimedJob> claimed = this.jdbc.query(SQL, (statement) -> bind(statement, request, owner),
				new ClaimedJobMapper());
		return inRunOrder(claimed, request.lines());
	}

	static void bind(PreparedStatement statement, ClaimRequest request, long owner) throws SQLException {
		List<LineClaim> lines = request.lines();
		List<Position> cursors = lines.stream().flatMap((line) -> line.cursors().stream()).toList();
		long leaseMicros = Timestamps.micros(request.leaseDuration());
		statement.setLong(1, owner);
		statement.setLong(2, leaseMicros);
		statement.setObject(3, lines.stream().map(LineClaim::queue).toArray(String[]::new));
		statement.setObject(4,
				lines.stream().map((line) -> String.join(KIND_SEPARATOR, line.kinds())).toArray(String[]::new));
		statement.setObject(5, lines.stream().mapToInt(LineClaim::limit).toArray());
		statement.setBoolean(6, request.takeOver());
		statement.setLong(7, leaseMicros);
		statement.setArray(8, Timestamps.array(statement, cursors.stream().map(Position::runAt)));
		statement.setObject(9, cursors.stream().mapToLong(Position::id).toArray());
		statement.setLong(10, owner);
		statement.setInt(11, request.limit());
	}

	/**
	 * Puts the jobs into the order of the lines, and those of each into run order: an
	 * update answers in none.
	 */
	private static List<ClaimedJob> inRunOrder(List<ClaimedJob> claimed, List<LineClaim> lines) {
		List<List<ClaimedJob>> byLine = (lines.size() == 1) ? List.of(new ArrayList<>(claimed))
				: byLine(claimed, lines);
		List<ClaimedJob> ordered = new ArrayList<>(claimed.size());
		byLine.forEach((jobs) -> {
			jobs.sort(RUN_ORDER);
			ordered.addAll(jobs);
		});
		return ordered;
	}

	private static List<List<ClaimedJob>> byLine(List<ClaimedJob> claimed, List<LineClaim> lines) {
		List<List<ClaimedJob>> byLine = new ArrayList<>(lines.size());
		Map<LineKey, List<ClaimedJob>> byKind = new HashMap<>();
		for (LineClaim line : lines) {
			List<ClaimedJob> jobs = new ArrayList<>();
			byLine.add(jobs);
			line.kinds().forEach((kind) -> byKind.putIfAbsent(new LineKey(line.queue(), kind), jobs));
		}
		claimed.forEach(
				(job) -> byKind.getOrDefault(new LineKey(job.job().queue(), job.job().kind()), byLine.get(0)).add(job));
		return byLine;
	}

	private record LineKey(String queue, String kind) {
	}

}

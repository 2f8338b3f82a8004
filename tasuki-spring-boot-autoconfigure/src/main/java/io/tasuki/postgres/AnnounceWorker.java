package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;

import io.tasuki.LiveWorker.Limit;
import io.tasuki.store.WorkerReport;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Writes down what a worker says of itself, and deletes those that have been dead for as
 * long as it took to find out: a hundred at a time.
 */
final class AnnounceWorker {

	// What a worker cannot change is written once. Commits asynchronously: the next word
	// comes soon.
	static final String SQL = """
			with gone as (
			  delete from tasuki.worker
			   where id = any (array(
			     select id
			       from tasuki.worker
			      where seen_at < now() - 2 * greatest(lease, interval '3 seconds')
			        and id <> ?
			      limit 100
			        for update skip locked)))
			insert into tasuki.worker (
			       id, name, host, pid, version, started_at, seen_at, lease, slots, queues, kinds, draining, slots_in_use,
			       limits, job_ids, held_since)
			select ?, ?, ?, ?, ?, now() - ? * interval '1 microsecond', now(), ? * interval '1 microsecond', ?, ?, ?, ?, ?,
			       (select coalesce(jsonb_agg(jsonb_build_object(
			                 'queue', slot_limit.queue, 'kinds', string_to_array(slot_limit.kinds, chr(31)),
			                 'concurrency', slot_limit.concurrency, 'inUse', slot_limit.in_use,
			                 'batchSize', slot_limit.batch_size)), '[]')
			          from unnest(?::text[], ?::text[], ?::integer[], ?::integer[], ?::integer[])
			                 as slot_limit (queue, kinds, concurrency, in_use, batch_size)),
			       ?, array(select now() - micros * interval '1 microsecond' from unnest(?::bigint[]) as held (micros))
			 where (select set_config('synchronous_commit', 'off', true)) is not null
			on conflict (id) do update
			   set seen_at = now(),
			       draining = excluded.draining,
			       slots_in_use = excluded.slots_in_use,
			       limits = excluded.limits,
			       job_ids = excluded.job_ids,
			       held_since = excluded.held_since
			returning clock_timestamp()
			""";

	private static final String KIND_SEPARATOR = "\u001f";

	private final JdbcOperations jdbc;

	AnnounceWorker(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the database's time.
	 */
	Instant run(WorkerIdentity worker, WorkerReport report) {
		return this.jdbc
			.query(SQL, (statement) -> bind(statement, worker, report), (row, number) -> Timestamps.instant(row, 1))
			.get(0);
	}

	private static void bind(PreparedStatement statement, WorkerIdentity worker, WorkerReport report)
			throws SQLException {
		statement.setLong(1, worker.id());
		statement.setLong(2, worker.id());
		statement.setString(3, Texts.storable(worker.name().value()));
		statement.setString(4, Texts.storable(worker.host()));
		statement.setLong(5, worker.pid());
		statement.setString(6, worker.version());
		statement.setLong(7, Timestamps.micros(report.uptime()));
		statement.setLong(8, Timestamps.micros(report.leaseDuration()));
		statement.setInt(9, report.slots());
		statement.setObject(10, report.queues().toArray(String[]::new));
		statement.setObject(11, report.kinds().toArray(String[]::new));
		statement.setBoolean(12, report.draining());
		statement.setInt(13, report.slotsInUse());
		bindLimits(statement, report.limits());
		statement.setObject(19, report.longestHeld().stream().mapToLong((held) -> held.id().value()).toArray());
		statement.setObject(20,
				report.longestHeld().stream().mapToLong((held) -> Timestamps.micros(held.heldFor())).toArray());
	}

	private static void bindLimits(PreparedStatement statement, List<Limit> limits) throws SQLException {
		statement.setObject(14, limits.stream().map(Limit::queue).toArray(String[]::new));
		statement.setObject(15,
				limits.stream().map((limit) -> String.join(KIND_SEPARATOR, limit.kinds())).toArray(String[]::new));
		statement.setObject(16, numbers(limits, Limit::concurrency));
		statement.setObject(17, numbers(limits, Limit::inUse));
		statement.setObject(18, numbers(limits, Limit::batchSize));
	}

	private static int[] numbers(List<Limit> limits, ToIntFunction<Limit> number) {
		return limits.stream().mapToInt(number).toArray();
	}

}

package io.tasuki.postgres;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.LiveWorker;
import io.tasuki.LiveWorker.HeldJob;
import io.tasuki.LiveWorker.Limit;
import io.tasuki.LiveWorker.State;

/** Finds the workers that are alive: one row for each of their limits. */
final class FindWorkers {

	static final String SQL = """
			select worker.*, (extract(epoch from worker.lease) * 1000000)::bigint as lease_micros,
			       slot_limit.queue as limit_queue, slot_limit.kinds as limit_kinds, slot_limit.concurrency as limit_concurrency,
			       slot_limit."inUse" as limit_in_use, slot_limit."batchSize" as limit_batch_size
			  from (
			    select *
			      from tasuki.worker
			     where seen_at > clock_timestamp() - greatest(lease, interval '3 seconds')
			     order by name, started_at, id
			     limit ?) as worker
			  left join lateral jsonb_to_recordset(worker.limits)
			         as slot_limit (queue text, kinds text[], concurrency integer, "inUse" integer, "batchSize" integer) on true
			 order by worker.name, worker.started_at, worker.id
			""";

	/** Most workers that are looked for. */
	private static final int MOST = 1_000;

	private FindWorkers() {
	}

	/**
	 * Returns the workers by their ids, in the order of their names.
	 */
	static Map<Long, LiveWorker> run(CallersConnection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SQL)) {
			statement.setInt(1, MOST);
			Map<Long, LiveWorker> workers = new LinkedHashMap<>();
			try (ResultSet rows = statement.executeQuery()) {
				boolean more = rows.next();
				while (more) {
					long id = rows.getLong("id");
					LiveWorker worker = worker(rows);
					List<Limit> limits = new ArrayList<>();
					do {
						addLimit(rows, limits);
						more = rows.next();
					}
					while (more && rows.getLong("id") == id);
					workers.put(id, withLimits(worker, limits));
				}
			}
			return workers;
		}
	}

	private static LiveWorker worker(ResultSet row) throws SQLException {
		return new LiveWorker(row.getString("name"), row.getString("host"), row.getLong("pid"),
				row.getString("version"), (row.getBoolean("draining")) ? State.DRAINING : State.RUNNING,
				row.getObject("started_at", OffsetDateTime.class).toInstant(),
				row.getObject("seen_at", OffsetDateTime.class).toInstant(),
				Duration.of(row.getLong("lease_micros"), ChronoUnit.MICROS), row.getInt("slots"),
				row.getInt("slots_in_use"), texts(row.getArray("queues")), texts(row.getArray("kinds")), List.of(),
				held(row));
	}

	private static Set<String> texts(Array array) throws SQLException {
		return Set.copyOf(Arrays.asList((String[]) array.getArray()));
	}

	private static List<HeldJob> held(ResultSet row) throws SQLException {
		Long[] ids = (Long[]) row.getArray("job_ids").getArray();
		Timestamp[] since = (Timestamp[]) row.getArray("held_since").getArray();
		List<HeldJob> held = new ArrayList<>();
		for (int i = 0; i < ids.length; i++) {
			held.add(new HeldJob(new JobId(ids[i]), since[i].toInstant()));
		}
		return held;
	}

	private static void addLimit(ResultSet row, List<Limit> limits) throws SQLException {
		Array kinds = row.getArray("limit_kinds");
		if (kinds != null) {
			limits.add(new Limit(row.getString("limit_queue"), texts(kinds), row.getInt("limit_concurrency"),
					row.getInt("limit_in_use"), row.getInt("limit_batch_size")));
		}
	}

	private static LiveWorker withLimits(LiveWorker worker, List<Limit> limits) {
		return new LiveWorker(worker.name(), worker.host(), worker.pid(), worker.version(), worker.state(),
				worker.startedAt(), worker.seenAt(), worker.leaseDuration(), worker.slots(), worker.slotsInUse(),
				worker.queues(), worker.kinds(), limits, worker.longestHeld());
	}

}

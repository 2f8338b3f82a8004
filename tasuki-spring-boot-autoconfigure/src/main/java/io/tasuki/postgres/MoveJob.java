package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import io.tasuki.JobId;
import io.tasuki.Rescheduling;
import io.tasuki.Rescheduling.Effect;
import io.tasuki.store.Announced;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * Gives a waiting job another time: the row is locked first, which tells whether it
 * waits.
 */
final class MoveJob {

	static final String SQL = """
			update tasuki.job
			   set run_at = case
			         when ? then least(run_at, clock_timestamp())
			         else greatest(?::timestamptz, clock_timestamp() + ? * interval '1 microsecond')
			       end
			 where id = ?
			returning queue, priority, run_at,
			          (extract(epoch from greatest(run_at - clock_timestamp(), interval '0')) * 1000000)::bigint
			""";

	private MoveJob() {
	}

	/**
	 * Has it wait so long, and until a moment at least.
	 */
	static Announced<Rescheduling> to(CallersConnection connection, JobId id, Duration delay, @Nullable Instant runAt)
			throws SQLException {
		return run(connection, id, false, delay, runAt);
	}

	/**
	 * Has it wait no longer.
	 */
	static Announced<Rescheduling> toNow(CallersConnection connection, JobId id) throws SQLException {
		return run(connection, id, true, Duration.ZERO, null);
	}

	private static Announced<Rescheduling> run(CallersConnection connection, JobId id, boolean now, Duration delay,
			@Nullable Instant runAt) throws SQLException {
		Optional<Boolean> leased = LockLiveJob.run(connection, id);
		if (leased.isEmpty()) {
			return new Announced<>(new Rescheduling(id, FindEnd.run(connection, id)), null);
		}
		if (leased.get()) {
			return new Announced<>(new Rescheduling(id, Effect.RUNNING), null);
		}
		return new Announced<>(new Rescheduling(id, Effect.RESCHEDULED), move(connection, id, now, delay, runAt));
	}

	private static @Nullable WakeUp move(CallersConnection connection, JobId id, boolean now, Duration delay,
			@Nullable Instant runAt) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setBoolean(1, now);
			statement.setObject(2, (runAt != null) ? JobFilters.from(runAt) : OffsetDateTime.MIN);
			statement.setLong(3, Timestamps.micros(delay));
			statement.setLong(4, id.value());
			try (ResultSet rows = statement.executeQuery()) {
				return (rows.next()) ? wakeUp(rows, id) : null;
			}
		}
	}

	private static WakeUp wakeUp(ResultSet row, JobId id) throws SQLException {
		Duration dueIn = Timestamps.duration(row, 4);
		return new WakeUp(row.getString(1), row.getInt(2), new Position(Timestamps.instant(row, 3), id.value()),
				(dueIn != null) ? dueIn : Duration.ZERO, true);
	}

}

package io.tasuki.actuate;

import java.time.Duration;

import io.tasuki.SnapshotHolder;
import org.jspecify.annotations.Nullable;

/** Says who has held a snapshot for too long, and what ends that. */
final class SnapshotWarning {

	/**
	 * A holder whose age nobody tells has held its snapshot for too long when so many
	 * transactions have begun since.
	 */
	static final long MANY_TRANSACTIONS = 1_000_000;

	private SnapshotWarning() {
	}

	/**
	 * Returns the warning; {@code null} if there is nothing to warn of.
	 * @param threshold age of a snapshot that is too old
	 */
	static @Nullable String of(SnapshotHolder holder, Duration threshold) {
		Duration age = holder.age();
		boolean old = (age != null) ? age.compareTo(threshold) >= 0 : holder.transactions() >= MANY_TRANSACTIONS;
		return (old) ? "%s has held a snapshot for %s: no row that was deleted since can be removed. %s"
			.formatted(describe(holder), howLong(holder), remedy(holder)) : null;
	}

	private static String describe(SnapshotHolder holder) {
		return switch (holder.kind()) {
			case SESSION -> "Session %d of application '%s' (%s)".formatted(holder.pid(), holder.name(),
					(holder.state() != null) ? holder.state() : "in a state that this role may not see");
			case PREPARED_TRANSACTION -> "Prepared transaction '%s'".formatted(holder.name());
			case REPLICATION_SLOT -> "Replication slot '%s' (%s)".formatted(holder.name(), holder.state());
			case STANDBY -> "Standby '%s'".formatted(holder.name());
		};
	}

	private static String howLong(SnapshotHolder holder) {
		Duration age = holder.age();
		return (age != null) ? "%s (%d transactions)".formatted(text(age), holder.transactions())
				: "%d transactions".formatted(holder.transactions());
	}

	private static String text(Duration age) {
		if (age.toMinutes() < 1) {
			return age.toSeconds() + " s";
		}
		return (age.toHours() < 1) ? age.toMinutes() + " min"
				: "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
	}

	private static String remedy(SnapshotHolder holder) {
		return switch (holder.kind()) {
			case SESSION ->
				"End its transaction, or the session: select pg_terminate_backend(%d)".formatted(holder.pid());
			case PREPARED_TRANSACTION ->
				"Finish it: rollback prepared '%1$s', or commit prepared '%1$s'".formatted(holder.name());
			case REPLICATION_SLOT -> ("End what runs for long on its standby. If nobody needs it any more: "
					+ "select pg_drop_replication_slot('%s')")
				.formatted(holder.name());
			case STANDBY -> "End what runs for long there, or set hot_standby_feedback off there";
		};
	}

}

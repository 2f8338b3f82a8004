package io.tasuki.actuate;

import java.time.Duration;
import java.util.List;

import io.tasuki.SnapshotHolder;

/**
 * Nobody holds a snapshot for long.
 *
 * @param snapshotAge age from which on it is too old
 */
record SnapshotCheck(Duration snapshotAge) implements Check {

	/**
	 * A holder whose age nobody tells has held its snapshot for too long when so many
	 * transactions have begun since.
	 */
	static final long MANY_TRANSACTIONS = 1_000_000;

	@Override
	public String name() {
		return "snapshot";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		DatabaseLook database = situation.database();
		if (database == null || database.report() == null) {
			return List.of();
		}
		return database.report()
			.snapshotHolders()
			.stream()
			.filter(this::isOld)
			.map((holder) -> new Problem(text(holder), remedy(holder)))
			.toList();
	}

	private boolean isOld(SnapshotHolder holder) {
		Duration age = holder.age();
		return (age != null) ? age.compareTo(this.snapshotAge) >= 0 : holder.transactions() >= MANY_TRANSACTIONS;
	}

	private static String text(SnapshotHolder holder) {
		return "%s has held a snapshot for %s: no row that was deleted since can be removed".formatted(describe(holder),
				howLong(holder));
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
		return (age != null) ? "%s (%d transactions)".formatted(Ages.text(age), holder.transactions())
				: "%d transactions".formatted(holder.transactions());
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

package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

import io.tasuki.QueueSettings;
import io.tasuki.store.QueueSettingsStore;
import org.jspecify.annotations.Nullable;

/**
 * How queues are set, in PostgreSQL. Works on the same connections as the
 * {@link PostgresJobStore} it comes from.
 */
final class PostgresQueueSettingsStore implements QueueSettingsStore {

	private final CallersTransaction transaction;

	PostgresQueueSettingsStore(CallersTransaction transaction) {
		this.transaction = transaction;
	}

	@Override
	public boolean joinsTransaction() {
		return this.transaction.joins();
	}

	@Override
	public void pause(String queue) {
		set("Pausing", queue, (connection) -> PauseQueue.run(connection, queue));
	}

	@Override
	public void resume(String queue) {
		set("Resuming", queue, (connection) -> ResumeQueue.run(connection, queue));
	}

	@Override
	public void limit(String queue, @Nullable Integer concurrency) {
		set("Limiting", queue, (connection) -> LimitQueue.run(connection, queue, concurrency));
	}

	private void set(String what, String queue, Change change) {
		this.transaction.call(() -> "%s queue '%s'".formatted(what, queue), false, (connection) -> {
			change.run(connection);
			return true;
		});
	}

	@Override
	public List<QueueSettings> list() {
		return this.transaction.call(() -> "Listing queues", true,
				(connection) -> PlannerGuards.guarded(connection, PostgresQueueSettingsStore::list));
	}

	private static List<QueueSettings> list(CallersConnection connection) throws SQLException {
		TreeMap<String, QueueSettings> settings = FindQueueSettings.run(connection);
		FindQueues.run(connection, CountJobs.MOST_QUEUES)
			.forEach((queue) -> settings.putIfAbsent(queue, new QueueSettings(queue, null, null, null)));
		return List.copyOf(settings.values());
	}

	/** Writes a setting. */
	private interface Change {

		void run(CallersConnection connection) throws SQLException;

	}

}

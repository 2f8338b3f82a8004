package io.tasuki.client;

import java.util.List;

import io.tasuki.Names;
import io.tasuki.QueueOperations;
import io.tasuki.QueueSettings;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.QueueSettingsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations that applications get: has the settings written and tells workers once
 * they can be seen.
 */
public final class DefaultQueueOperations implements QueueOperations {

	private static final int MOST_CONCURRENCY = 10_000;

	private static final Logger log = LoggerFactory.getLogger(DefaultQueueOperations.class);

	private final QueueSettingsStore store;

	private final Announcements announcements;

	/**
	 * Creates operations.
	 * @param store where settings are written
	 * @param afterCommit carries the words about what joined a transaction
	 * @param notifications carries the words about what can be seen at once
	 */
	public DefaultQueueOperations(QueueSettingsStore store, AfterCommit afterCommit, JobNotifications notifications) {
		this.store = store;
		this.announcements = new Announcements(afterCommit, notifications);
	}

	@Override
	public void pause(String queue) {
		change(queue, () -> this.store.pause(queue));
		log.info("Paused queue '{}'", queue);
	}

	@Override
	public void resume(String queue) {
		change(queue, () -> this.store.resume(queue));
		log.info("Resumed queue '{}'", queue);
	}

	@Override
	public void setConcurrency(String queue, int concurrency) {
		if (concurrency < 1 || concurrency > MOST_CONCURRENCY) {
			throw new IllegalArgumentException("""
					Concurrency of queue '%s' must be from 1 to %d, not %d. To have none of its jobs run, pause it"""
				.formatted(queue, MOST_CONCURRENCY, concurrency));
		}
		change(queue, () -> this.store.limit(queue, concurrency));
		log.info("Set the concurrency of queue '{}' to {}", queue, concurrency);
	}

	@Override
	public void clearConcurrency(String queue) {
		change(queue, () -> this.store.limit(queue, null));
		log.info("Left the concurrency of queue '{}' to configuration", queue);
	}

	private void change(String queue, Runnable change) {
		if (queue == null) {
			throw new IllegalArgumentException("Which queue is meant must be said: null");
		}
		Names.checkQueue(queue);
		boolean joined = this.store.joinsTransaction();
		change.run();
		this.announcements.all(joined);
	}

	@Override
	public List<QueueSettings> list() {
		return this.store.list();
	}

}

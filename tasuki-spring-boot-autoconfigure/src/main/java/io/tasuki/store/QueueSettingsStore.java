package io.tasuki.store;

import java.util.List;

import io.tasuki.EnqueueRefusedException;
import io.tasuki.QueueSettings;
import org.jspecify.annotations.Nullable;

/**
 * Where it is written how queues are set at run time. Works inside the caller's
 * transaction where there is one, else in one of its own. Safe for use by many threads.
 */
public interface QueueSettingsStore {

	/**
	 * Says whether what is written now becomes visible only when the caller's transaction
	 * commits.
	 * @throws EnqueueRefusedException if the caller's transaction cannot carry a write
	 */
	boolean joinsTransaction();

	/**
	 * Notes that a queue is paused, if it is not.
	 */
	void pause(String queue);

	/**
	 * Notes that a queue is not paused any more.
	 */
	void resume(String queue);

	/**
	 * Notes how many jobs of a queue each worker runs at once; {@code null} for as many
	 * as it is configured to.
	 */
	void limit(String queue, @Nullable Integer concurrency);

	/**
	 * Lists the queues that hold jobs or were set, by name.
	 */
	List<QueueSettings> list();

}

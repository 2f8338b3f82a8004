package io.tasuki.store;

import java.util.Collection;

import io.tasuki.JobId;

/**
 * Holds words to workers back until what they announce can be seen. For use inside the
 * transaction that {@link JobStore#joinsTransaction()} spoke of.
 */
public interface AfterCommit {

	/**
	 * Sends these wake-ups once the caller's transaction has committed, together with the
	 * others of that transaction; never if it rolls back. What lies ahead is due as long
	 * after this call as it says. Never throws.
	 */
	void send(Collection<WakeUp> wakeUps);

	/**
	 * Tells once the caller's transaction has committed that it cancelled these jobs,
	 * which workers hold; never if it rolls back. Never throws.
	 */
	void sendCancelRequests(Collection<JobId> jobs);

	/**
	 * Tells once the caller's transaction has committed that anything may have changed
	 * anywhere; never if it rolls back. Never throws.
	 */
	default void sendAll() {
	}

	/**
	 * Does something once the caller's transaction has committed; never if it rolls back.
	 * At once where nobody would hear of that. What goes wrong after the commit is
	 * logged.
	 */
	default void run(Runnable action) {
		action.run();
	}

}

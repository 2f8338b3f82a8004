package io.tasuki.store;

import java.util.Collection;
import java.util.stream.Stream;

import io.tasuki.JobId;

/**
 * Carries {@link WakeUp}s and cancel requests between the instances that share a
 * database. Best effort: never throws, loses some.
 */
public interface JobNotifications {

	/**
	 * Tells the receivers of this process, and, soon and together with what else is to be
	 * told, the other instances, unless a receiver of this process takes the jobs within
	 * a moment. Returns at once.
	 */
	void send(Collection<WakeUp> wakeUps);

	/**
	 * Tells the other instances, soon and together with what else is to be told, that
	 * somebody has cancelled these jobs, which workers hold. Returns at once.
	 */
	void sendCancelRequests(Collection<JobId> jobs);

	/**
	 * Tells the receivers of this process, and, soon, the other instances, that anything
	 * may have changed anywhere. Returns at once. Those who carry no such word need not:
	 * whoever is not told looks by itself before long.
	 */
	default void sendAll() {
	}

	/**
	 * Begins to tell a receiver what other instances send.
	 * @return closes the subscription; waits for a delivery under way
	 */
	Subscription subscribe(Receiver receiver);

	/**
	 * Is told about work. Called by a thread of the notifications; must return quickly.
	 */
	interface Receiver {

		/**
		 * There is work in these places.
		 */
		void wake(Collection<WakeUp> wakeUps);

		/**
		 * Somebody may have cancelled these jobs, if they are held here.
		 */
		void cancelRequested(Collection<JobId> jobs);

		/**
		 * There may be work anywhere, and any job may have been cancelled: the word was
		 * too long, or words may have been missed while the connection was away.
		 */
		void wakeAll();

	}

	/** A receiver's link to the notifications. */
	interface Subscription extends AutoCloseable {

		/**
		 * Returns whether notifications arrive at present.
		 */
		boolean connected();

		/**
		 * Says that the receiver has taken jobs: other instances need not be told of
		 * these any more. Those who tell them all the same need not listen.
		 * @param jobs which; possibly not looked at
		 */
		default void taken(Stream<JobId> jobs) {
		}

		@Override
		void close();

	}

}

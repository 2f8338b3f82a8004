package io.tasuki.store;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be done in one queue, now and later, whatever the kinds of its jobs.
 *
 * @param due whether there is a job whose time has come, running ones included
 * @param nextDueIn how long it is until the next job that lies ahead becomes due; empty
 * if none does
 * @param limit how the queue was set at run time
 */
public record Outlook(boolean due, Optional<Duration> nextDueIn, QueueLimit limit) {

	/** Nothing to do, now or later. */
	public static final Outlook NOTHING = new Outlook(false, Optional.empty());

	/**
	 * Creates an outlook on a queue that was not set.
	 */
	public Outlook(boolean due, Optional<Duration> nextDueIn) {
		this(due, nextDueIn, QueueLimit.NONE);
	}

}

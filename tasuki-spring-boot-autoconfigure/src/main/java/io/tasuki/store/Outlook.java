package io.tasuki.store;

import java.time.Duration;
import java.util.Optional;

/**
 * What is to be done in one queue, now and later, whatever the kinds of its jobs.
 *
 * @param due whether there is a job whose time has come, running ones included
 * @param nextDueIn how long it is until the next job that lies ahead becomes due; empty
 * if none does
 */
public record Outlook(boolean due, Optional<Duration> nextDueIn) {

	/** Nothing to do, now or later. */
	public static final Outlook NOTHING = new Outlook(false, Optional.empty());

}

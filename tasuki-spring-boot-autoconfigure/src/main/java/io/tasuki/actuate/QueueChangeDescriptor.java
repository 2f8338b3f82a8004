package io.tasuki.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What became of the wish to pause or resume a queue.
 *
 * @param queue the queue
 * @param changed whether it was different before
 * @param paused whether it is paused now
 * @param message the same in words, with a warning if nobody knows a queue of this name
 */
public record QueueChangeDescriptor(String queue, boolean changed, boolean paused,
		String message) implements OperationResponseBody {
}

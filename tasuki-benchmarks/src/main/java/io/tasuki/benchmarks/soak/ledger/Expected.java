package io.tasuki.benchmarks.soak.ledger;

import java.time.Instant;

import io.tasuki.benchmarks.soak.load.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A job whose transaction was committed.
 *
 * @param number decides how the job behaves
 * @param job its id in the queue
 * @param uniqueKey the key it shares with others; {@code null} if none
 * @param enqueuedAt a moment before it was enqueued
 */
public record Expected(long number, long job, Kind kind, @Nullable String uniqueKey, Instant enqueuedAt) {

	/**
	 * Returns the first moment at which it may start.
	 */
	Instant due() {
		return this.enqueuedAt.plus(this.kind.delay(this.number));
	}

}

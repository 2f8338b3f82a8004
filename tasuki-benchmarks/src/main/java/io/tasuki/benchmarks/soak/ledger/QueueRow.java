package io.tasuki.benchmarks.soak.ledger;

/**
 * Where the queue has a job in the end.
 *
 * @param job id in the queue
 * @param attempt attempts charged
 * @param crashes crashes charged
 */
public record QueueRow(long job, Place place, int attempt, int crashes) {

	/** What the queue says has become of a job. */
	public enum Place {

		/** Neither succeeded nor dead. */
		LIVE,

		/** In the archive, as succeeded. */
		SUCCEEDED,

		/** In the archive, as cancelled. */
		CANCELLED,

		/** Among the dead letters. */
		DEAD

	}

}

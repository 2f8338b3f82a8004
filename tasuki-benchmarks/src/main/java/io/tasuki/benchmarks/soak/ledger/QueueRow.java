package io.tasuki.benchmarks.soak.ledger;

/**
 * Where the queue has a job in the end.
 *
 * @param job id in the queue
 * @param attempt attempts charged
 * @param byCrashes whether it is dead because it took down as many workers as it may
 */
public record QueueRow(long job, Place place, int attempt, boolean byCrashes) {

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

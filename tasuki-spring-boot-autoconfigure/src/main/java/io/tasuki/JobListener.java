package io.tasuki;

/**
 * Is told what becomes of the jobs that this process runs, after it has been recorded.
 *
 * <p>
 * A listener cannot break anything: it is called on a thread of its own, never on a
 * handler's, one event after the other in the order in which this process came to know of
 * them, and what it throws is logged. One that is slow keeps nothing waiting but its own
 * next events. Of those, ten thousand wait at most, fewer where payloads are large: what
 * comes on top is not told, and the log says how much that was. An event that waits when
 * the process dies is not told either. So a listener is for watching; what must happen
 * with a job belongs into its handler or into a job of its own.
 */
public interface JobListener {

	/**
	 * An attempt began.
	 */
	default void started(JobEvent.Started event) {
	}

	/**
	 * A job succeeded.
	 */
	default void succeeded(JobEvent.Succeeded event) {
	}

	/**
	 * An attempt failed; the job waits for its next one.
	 */
	default void failed(JobEvent.Failed event) {
	}

	/**
	 * A job is dead.
	 */
	default void dead(JobEvent.Dead event) {
	}

	/**
	 * A job was cancelled that this process held. One that waited for a worker when
	 * somebody cancelled it is told to nobody.
	 */
	default void cancelled(JobEvent.Cancelled event) {
	}

	/**
	 * A handler snoozed its job.
	 */
	default void snoozed(JobEvent.Snoozed event) {
	}

	/**
	 * A job was handed back uncharged.
	 */
	default void handedBack(JobEvent.HandedBack event) {
	}

	/**
	 * A lease was lost.
	 */
	default void leaseLost(JobEvent.LeaseLost event) {
	}

}

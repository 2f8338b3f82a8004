package io.tasuki.worker;

import java.time.Duration;

import io.tasuki.Job;
import io.tasuki.store.Completion;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Is told what a worker does. Called by threads that run or complete jobs, so it must be
 * quick; what it throws is logged and changes nothing.
 */
public interface WorkerListener {

	/**
	 * A handler is about to be called.
	 */
	default void started(Job job) {
	}

	/**
	 * An outcome has been recorded.
	 * @param job the job, with the number of the attempt
	 * @param outcome how the attempt ended; cancelled, if somebody had asked for that and
	 * it did not succeed
	 * @param runTime how long the handler ran; zero if it was not called
	 */
	default void completed(Job job, Outcome outcome, Duration runTime) {
	}

	/**
	 * An outcome has been recorded, for those who ask what went wrong.
	 * @param job the job, with the number of the attempt
	 * @param outcome how the attempt ended
	 * @param failure what went wrong; {@code null} when nothing did
	 * @param runTime how long the handler ran; zero if it was not called
	 */
	default void completed(Job job, Outcome outcome, Completion.@Nullable Failure failure, Duration runTime) {
		completed(job, outcome, runTime);
	}

	/**
	 * A job was running or finished here, but its lease is gone: its outcome is not
	 * recorded, another worker's counts.
	 */
	default void leaseLost(Job job) {
	}

}

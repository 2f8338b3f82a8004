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
	 * A handler is about to be called, for those who ask how late that is. Told in place
	 * of the other, once the worker knows the database's time.
	 * @param job the job, with the number of the attempt
	 * @param waited time since the job was due, by the database's clock
	 */
	default void started(Job job, Duration waited) {
		started(job);
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

	/**
	 * All queues were looked at from the front. Told when the next such look begins.
	 * @param took how long the database needed
	 */
	default void swept(Duration took) {
	}

}

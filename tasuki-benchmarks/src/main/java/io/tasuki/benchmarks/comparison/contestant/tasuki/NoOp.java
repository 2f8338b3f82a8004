package io.tasuki.benchmarks.comparison.contestant.tasuki;

import io.tasuki.JobKind;

/**
 * Payload of a job that does nothing.
 *
 * @param number number of the job
 * @param filler makes it large
 */
@JobKind(NoOp.KIND)
public record NoOp(int number, String filler) {

	/** Its kind. */
	public static final String KIND = "no-op";

}

package io.tasuki.benchmarks.soak.ledger;

import java.time.Instant;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * A handler began.
 *
 * @param process the process, by the order of their starts
 * @param job id in the queue
 * @param number the job's payload
 * @param attempt as the handler was told
 * @param end when the handler returned or threw; {@code null} if the process died before
 * @param done whether the handler returned
 */
public record Run(int process, long job, long number, int attempt, Instant start, @Nullable Instant end, boolean done) {

	static final Comparator<Run> IN_ORDER = Comparator.comparing(Run::start).thenComparingInt(Run::process);

	Run ended(Instant end, boolean done) {
		return new Run(this.process, this.job, this.number, this.attempt, this.start, end, done);
	}

}

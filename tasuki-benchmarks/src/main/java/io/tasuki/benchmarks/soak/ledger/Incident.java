package io.tasuki.benchmarks.soak.ledger;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Something that may take jobs out of a worker's hands: a fault, or a handler that took
 * its process down.
 *
 * @param what one line for the reader
 * @param at when it began
 * @param until when the last trace of it was gone
 * @param process whom it befell; {@code null} if not one process alone
 * @param carried the jobs whose rows carried the owners of whom it befell
 */
public record Incident(String what, Instant at, Instant until, @Nullable Integer process, Set<Long> carried) {

	public Incident {
		carried = Set.copyOf(carried);
	}

	/**
	 * Returns an incident that must not make anything run again.
	 */
	public static Incident harmless(String what, Instant at) {
		return new Incident(what, at, at, null, Set.of());
	}

	boolean befell(Run run) {
		return this.process == null || this.process == run.process();
	}

}

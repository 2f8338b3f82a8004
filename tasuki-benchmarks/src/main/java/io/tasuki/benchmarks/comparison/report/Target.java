package io.tasuki.benchmarks.comparison.report;

import java.util.List;
import java.util.Optional;

/**
 * One thing to reach.
 *
 * @param workload where
 * @param what the target in words
 * @param figure what is compared with the bound
 * @param bound what it is to be
 */
public record Target(String workload, String what, Figure figure, Bound bound) {

	/**
	 * Returns how far this was reached.
	 */
	public Verdict verdict(List<Measurement> measurements) {
		return this.figure.of(measurements).map(this.bound::judge).orElse(Verdict.NOT_MEASURED);
	}

	/**
	 * Returns this as an entry of a Markdown checklist.
	 */
	public String line(List<Measurement> measurements) {
		Verdict verdict = verdict(measurements);
		Optional<Double> found = this.figure.of(measurements);
		String shown = found.map((value) -> "**%s** (%s)".formatted(write(value), this.figure.origin(measurements)))
			.orElse("");
		return "- [%s] %s: %s: %s".formatted((verdict.isFine()) ? "x" : " ", this.workload, this.what,
				(shown.isEmpty()) ? verdict.words() : "%s, %s".formatted(shown, verdict.words()));
	}

	private String write(double value) {
		return (this.figure instanceof Figure.Ratio) ? Figures.ratio(value) : Figures.number(value);
	}

	/** What a number is to be. */
	public enum Comparison {

		/** No smaller. */
		AT_LEAST,

		/** No larger. */
		AT_MOST,

		/** Smaller. */
		LESS_THAN,

		/** Anything; it is only to be known. */
		STATED

	}

	/** How far a target was reached. */
	public enum Verdict {

		/** It holds. */
		REACHED("reached"),

		/** It does not hold. */
		NOT_REACHED("not reached"),

		/** It is known, which is all that was asked. */
		STATED("stated"),

		/** A measurement is missing. */
		NOT_MEASURED("not measured");

		private final String words;

		Verdict(String words) {
			this.words = words;
		}

		/**
		 * Returns whether nothing is left to be reached.
		 */
		public boolean isFine() {
			return this == REACHED || this == STATED;
		}

		/**
		 * Returns how it is written.
		 */
		public String words() {
			return this.words;
		}

	}

	/**
	 * A bound.
	 *
	 * @param comparison on which side of it a number is to be
	 * @param value the bound itself
	 */
	public record Bound(Comparison comparison, double value) {

		static Bound atLeast(double value) {
			return new Bound(Comparison.AT_LEAST, value);
		}

		static Bound atMost(double value) {
			return new Bound(Comparison.AT_MOST, value);
		}

		static Bound lessThan(double value) {
			return new Bound(Comparison.LESS_THAN, value);
		}

		static Bound stated() {
			return new Bound(Comparison.STATED, 0);
		}

		private Verdict judge(double found) {
			if (this.comparison == Comparison.STATED) {
				return Verdict.STATED;
			}
			boolean reached = switch (this.comparison) {
				case AT_LEAST -> found >= this.value;
				case AT_MOST -> found <= this.value;
				case LESS_THAN -> found < this.value;
				case STATED -> true;
			};
			return (reached) ? Verdict.REACHED : Verdict.NOT_REACHED;
		}

	}

}

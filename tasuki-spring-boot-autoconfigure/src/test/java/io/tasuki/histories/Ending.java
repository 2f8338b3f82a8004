package io.tasuki.histories;

import java.time.Duration;
import java.util.List;

import io.tasuki.store.Completion;
import io.tasuki.store.Completion.Failure;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import io.tasuki.store.Report;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ends.
 *
 * @param lease the right that is claimed for it
 * @param hours how long the job is to wait, if it comes back
 * @param crashes the crashes to leave behind, if it is handed back
 * @param failed whether an error is told
 * @param reported whether the handler said something that is not written yet
 */
record Ending(LeaseName lease, Way way, int hours, int crashes, boolean failed, boolean reported) {

	Completion completion(Lease lease, Hours times) {
		return new Completion(lease, outcome(times),
				(this.failed) ? new Failure("java.io.IOException", "broken in " + lease.leaseNo(), null) : null)
			.withReport(report(lease));
	}

	private @Nullable Report report(Lease lease) {
		Report.Line line = new Report.Line(lease.leaseNo(), 1_000, System.nanoTime(), "end of " + lease.leaseNo());
		return (this.reported) ? new Report(lease, new Report.Progress(99, null), List.of(line), null) : null;
	}

	/** Whether the job waits, rather than to go back to its old place. */
	boolean waits() {
		return this.way.comesBack() && this.way != Way.HANDED_BACK;
	}

	private Outcome outcome(Hours times) {
		Duration delay = Duration.ofHours(this.hours);
		return switch (this.way) {
			case SUCCEEDED -> new Outcome.Succeeded();
			case CANCELLED -> new Outcome.Cancelled("not wanted since " + this.lease.leaseNo());
			case DEAD -> new Outcome.Dead("gave up in " + this.lease.leaseNo(), 7);
			case RETRY_IN -> new Outcome.Retry(delay, null);
			case RETRY_AT -> new Outcome.Retry(null, times.in(this.hours));
			case SNOOZED -> new Outcome.Snoozed(delay);
			case HANDED_BACK -> new Outcome.HandedBack(this.crashes);
			case HANDED_BACK_LATER -> new Outcome.HandedBack(this.crashes, delay);
		};
	}

	enum Way {

		SUCCEEDED, CANCELLED, DEAD, RETRY_IN, RETRY_AT, SNOOZED, HANDED_BACK, HANDED_BACK_LATER;

		boolean finishes() {
			return this == SUCCEEDED || this == CANCELLED;
		}

		boolean comesBack() {
			return ordinal() >= RETRY_IN.ordinal();
		}

	}

}

package io.tasuki.worker;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.tasuki.Admission;
import io.tasuki.JobGate;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the gates whether a job may start, before anything is charged or begun for it, and
 * sees to the end of one that may not. Safe for use by many threads.
 */
final class Gates {

	private static final Logger logger = LoggerFactory.getLogger(Gates.class);

	/** How long a job is put off, about, whose gate failed. */
	private static final Duration PUT_OFF = Duration.ofSeconds(1);

	private final List<Asked> gates;

	private final RetryPolicy retryPolicy;

	private final Consumer<FinishedJob> completer;

	private Gates(List<JobGate> gates, RetryPolicy retryPolicy, Consumer<FinishedJob> completer) {
		this.gates = gates.stream().map((gate) -> new Asked(gate, new QuietLog())).toList();
		this.retryPolicy = retryPolicy;
		this.completer = completer;
	}

	/**
	 * Returns these gates; {@code null} when there are none.
	 */
	static @Nullable Gates of(List<JobGate> gates, RetryPolicy retryPolicy, Consumer<FinishedJob> completer) {
		return gates.isEmpty() ? null : new Gates(gates, retryPolicy, completer);
	}

	/**
	 * Asks one after the other until one does not grant.
	 * @return whether the job may start; if not, its end has been seen to
	 */
	boolean admit(HeldJob job) {
		for (Asked gate : this.gates) {
			Admission admission = ask(gate, job);
			if (!(admission instanceof Admission.Grant)) {
				refuse(job, this.retryPolicy.refused(job, admission));
				return false;
			}
		}
		return true;
	}

	private Admission ask(Asked gate, HeldJob job) {
		try {
			return Objects.requireNonNull(gate.gate.admit(job.job()), "It answered null instead of an Admission");
		}
		catch (Throwable ex) {
			if (gate.log.mayWrite()) {
				logger.warn("Gate {} failed when it was asked for {}; it and others are put off, uncharged, until "
						+ "the gate answers", gate.gate, job.job(), ex);
			}
			long millis = PUT_OFF.toMillis();
			return Admission.defer(Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis * 3 / 2)));
		}
	}

	private void refuse(HeldJob job, RetryPolicy.Verdict verdict) {
		Lease lease = job.finish();
		if (lease != null) {
			if (verdict.outcome() instanceof Outcome.Dead dead) {
				logger.error("Dead: {}. {}", job.job(), dead.reason());
			}
			this.completer.accept(
					new FinishedJob(job, new Completion(lease, verdict.outcome(), verdict.failure()), Duration.ZERO));
		}
	}

	/**
	 * A gate.
	 *
	 * @param gate the gate
	 * @param log lets its failures into the log
	 */
	private record Asked(JobGate gate, QuietLog log) {

	}

}

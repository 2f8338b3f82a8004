package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

import io.tasuki.store.CompletionStore;
import io.tasuki.store.Fate;
import io.tasuki.store.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to outcomes that could not be recorded because their leases are gone. After an
 * outage it tells those that a commit without an answer has recorded from those whose
 * jobs another worker took over. For the completer's thread.
 */
final class AbsentOutcomes {

	private static final Logger logger = LoggerFactory.getLogger(AbsentOutcomes.class);

	/** How often to ask before what became of an outcome counts as unknown. */
	private static final int MOST_TRIES = 10;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	/** How far this machine's measure of a time and the database's may differ. */
	private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

	/** Lost jobs of a group that the log names one by one. */
	private static final int MOST_NAMED = 10;

	private final CompletionStore store;

	private final WorkerListener listener;

	private final LongConsumer pause;

	private final BooleanSupplier gaveUp;

	/**
	 * Creates this.
	 * @param pause waits for so many nanoseconds
	 * @param gaveUp says whether the worker has no more time
	 */
	AbsentOutcomes(CompletionStore store, WorkerListener listener, LongConsumer pause, BooleanSupplier gaveUp) {
		this.store = store;
		this.listener = listener;
		this.pause = pause;
		this.gaveUp = gaveUp;
	}

	/**
	 * Sees to a group.
	 * @param repeated whether an earlier try may have recorded some of them
	 */
	void settle(List<FinishedJob> absent, boolean repeated) {
		List<FinishedJob> inDoubt = new ArrayList<>();
		List<FinishedJob> lost = new ArrayList<>();
		absent.forEach((job) -> ((repeated || job.committed() != null) ? inDoubt : lost).add(job));
		lost(lost);
		if (!inDoubt.isEmpty()) {
			settle(inDoubt, fates(inDoubt));
		}
	}

	/**
	 * Asks what became of outcomes.
	 * @return what can be told, which is nothing if the database goes away again for long
	 */
	private Map<Lease, Fate> fates(List<FinishedJob> absent) {
		Map<Lease, Integer> attemptsUsed = new HashMap<>();
		absent.forEach((job) -> attemptsUsed.put(job.completion().lease(), job.attemptsUsed()));
		for (int tries = 0; tries < MOST_TRIES && !this.gaveUp.getAsBoolean(); tries++) {
			try {
				return this.store.fates(attemptsUsed, sinceLastRenewal(absent));
			}
			catch (RuntimeException | Error ex) {
				logger.debug("Cannot ask what became of {} outcomes", absent.size(), ex);
				this.pause.accept(PAUSE.toNanos());
			}
		}
		return Map.of();
	}

	private static Duration sinceLastRenewal(List<FinishedJob> absent) {
		long now = System.nanoTime();
		long longest = absent.stream().mapToLong((job) -> now - job.held().leasedAt()).max().orElse(0);
		return Duration.ofNanos(longest).plus(CLOCKS_APART);
	}

	private void settle(List<FinishedJob> absent, Map<Lease, Fate> fates) {
		List<FinishedJob> recorded = new ArrayList<>();
		List<FinishedJob> lost = new ArrayList<>();
		int unknown = 0;
		for (FinishedJob job : absent) {
			Fate fate = fates.get(job.completion().lease());
			if (fate == null) {
				unknown++;
			}
			else {
				((fate == Fate.RECORDED) ? recorded : lost).add(job);
			}
		}
		recorded(recorded);
		lost(lost);
		if (unknown > 0) {
			logger.info("It cannot be told whether {} outcomes were recorded just before the database went away, "
					+ "or other workers took their jobs over", unknown);
		}
	}

	private void recorded(List<FinishedJob> recorded) {
		if (!recorded.isEmpty()) {
			logger.info("{} outcomes had been recorded just before the database went away", recorded.size());
		}
		recorded.forEach((job) -> this.listener.completed(job.held().job(),
				Objects.requireNonNullElse(job.committed(), job.completion().outcome()), job.completion().error(),
				job.runTime()));
	}

	private void lost(List<FinishedJob> lost) {
		for (FinishedJob job : lost.subList(0, Math.min(lost.size(), MOST_NAMED))) {
			logger.warn("The lease of {} was lost before its outcome was recorded: another worker's run counts",
					job.held().job());
		}
		if (lost.size() > MOST_NAMED) {
			logger.warn("So were the leases of {} others", lost.size() - MOST_NAMED);
		}
		lost.forEach((job) -> this.listener.leaseLost(job.held().job()));
	}

}

package io.tasuki.histories;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Outcome;
import io.tasuki.store.Position;
import io.tasuki.store.WorkerStores;

/**
 * An owner among others. Its leases run out at once, and it gives outcomes under whatever
 * lease was granted lately to anybody.
 */
final class Rival implements Callable<Integer> {

	private static final int MOST_LEASES = 40;

	private final WorkerStores stores;

	private final Chronicle chronicle;

	private final Dice dice;

	private final int jobs;

	Rival(WorkerStores stores, Chronicle chronicle, int jobs, long seed) {
		this.stores = stores;
		this.chronicle = chronicle;
		this.jobs = jobs;
		this.dice = new Dice(seed);
	}

	/** Goes on until all jobs have ended. */
	@Override
	public Integer call() {
		int steps = 0;
		try (CompletionStore completions = this.stores.openCompletionStore()) {
			while (!done()) {
				try (LeaseStore leases = this.stores.openLeaseStore()) {
					steps += act(leases, completions);
				}
			}
		}
		return steps;
	}

	private boolean done() {
		return this.chronicle.finished() == this.jobs || Thread.currentThread().isInterrupted();
	}

	private int act(LeaseStore leases, CompletionStore completions) {
		int steps = this.dice.from(20, 60);
		for (int i = 0; i < steps && !done(); i++) {
			claim(leases);
			List<Lease> some = some();
			if (this.dice.chance(20)) {
				leases.renew(some, Duration.ofMillis(this.dice.from(0, 5)));
			}
			if (this.dice.chance(75)) {
				complete(some, completions);
			}
		}
		return steps;
	}

	private void claim(LeaseStore leases) {
		LineClaim line = new LineClaim("default", List.of("work"), 10,
				Collections.nCopies(LineClaim.PRIORITIES, Position.START));
		List<ClaimedJob> claimed = leases.claim(
				new ClaimRequest(List.of(line), this.dice.from(1, 6), Duration.ofMillis(this.dice.from(0, 5)), true));
		claimed.forEach(this.chronicle::claimed);
	}

	private List<Lease> some() {
		List<Lease> latest = this.chronicle.latestLeases(MOST_LEASES);
		return (latest.isEmpty()) ? List.of() : this.dice.someOf(latest, 8);
	}

	private void complete(List<Lease> leases, CompletionStore completions) {
		Map<Lease, Outcome> outcomes = new HashMap<>();
		leases.forEach((lease) -> outcomes.put(lease, outcome()));
		List<Completion> group = outcomes.entrySet()
			.stream()
			.map((entry) -> new Completion(entry.getKey(), entry.getValue(), null))
			.toList();
		completions.complete(group)
			.written()
			.forEach((lease) -> this.chronicle.written(lease, outcomes.getOrDefault(lease, new Outcome.Succeeded())));
	}

	private Outcome outcome() {
		return this.dice.oneOf(List.of(new Outcome.Succeeded(), new Outcome.Cancelled("not wanted"),
				new Outcome.Dead("gave up", 5), new Outcome.Retry(Duration.ZERO, null),
				new Outcome.Retry(Duration.ZERO, null), new Outcome.Snoozed(Duration.ZERO), new Outcome.HandedBack(0)));
	}

}

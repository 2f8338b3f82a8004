package io.tasuki.histories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What several owners were told who acted at once: every claim, and every outcome that
 * was written. From that the story of each job can be told, whatever the order was.
 */
final class Chronicle {

	private final Map<Lease, Outcome> outcomes = new ConcurrentHashMap<>();

	private final Map<Long, List<ClaimedJob>> claims = new ConcurrentHashMap<>();

	private final List<Lease> leases = new CopyOnWriteArrayList<>();

	private final Map<Long, Lease> ends = new ConcurrentHashMap<>();

	void claimed(ClaimedJob job) {
		this.claims.computeIfAbsent(job.job().id().value(), (id) -> new CopyOnWriteArrayList<>()).add(job);
		this.leases.add(job.lease());
	}

	void written(Lease lease, Outcome outcome) {
		assertThat(this.outcomes.putIfAbsent(lease, outcome)).as("earlier outcome under %s", lease).isNull();
		if (finishes(outcome)) {
			assertThat(this.ends.putIfAbsent(lease.id().value(), lease)).as("earlier end of job %s", lease.id())
				.isNull();
		}
	}

	private static boolean finishes(Outcome outcome) {
		return outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Cancelled
				|| outcome instanceof Outcome.Dead;
	}

	/** Returns the latest leases that were granted to anybody. */
	List<Lease> latestLeases(int most) {
		List<Lease> all = List.copyOf(this.leases);
		return all.subList(Math.max(0, all.size() - most), all.size());
	}

	int finished() {
		return this.ends.size();
	}

	int claims() {
		return this.leases.size();
	}

	int takeovers() {
		return (int) this.claims.values().stream().flatMap(List::stream).filter(ClaimedJob::suspect).count();
	}

	/** The row of a finished job agrees with what its owners were told. */
	void compare(Row row) {
		List<ClaimedJob> story = new ArrayList<>(this.claims.getOrDefault(row.id(), List.of()));
		story.sort(Comparator.comparingInt((job) -> job.lease().leaseNo()));
		assertThat(story).extracting((job) -> job.lease().leaseNo())
			.as("lease numbers of job %d", row.id())
			.containsExactlyElementsOf(numbersTo(row.leaseNo()));
		for (int i = 0; i + 1 < story.size(); i++) {
			compare(story.get(i), story.get(i + 1));
		}
		ClaimedJob last = story.get(story.size() - 1);
		assertThat(this.ends.get(row.id())).as("lease under which job %d ended", row.id()).isEqualTo(last.lease());
		assertThat(row.attempt()).as("attempts of job %d", row.id()).isEqualTo(last.job().attempt());
		assertThat(row.place()).isEqualTo(place(this.outcomes.get(last.lease())));
	}

	private static List<Integer> numbersTo(int last) {
		List<Integer> numbers = new ArrayList<>();
		for (int number = 1; number <= last; number++) {
			numbers.add(number);
		}
		return numbers;
	}

	/** A job is taken over, with its attempt, exactly if no outcome freed it. */
	private void compare(ClaimedJob before, ClaimedJob after) {
		Outcome outcome = this.outcomes.get(before.lease());
		assertThat(after.suspect()).as("%s followed %s under %s", after, outcome, before.lease())
			.isEqualTo(outcome == null);
		assertThat(after.job().attempt()).as("attempt after %s", outcome)
			.isEqualTo(before.job().attempt() + ((outcome instanceof Outcome.Retry) ? 1 : 0));
		if (outcome == null) {
			assertThat(after.lease().owner()).as("who took over %s", before.lease())
				.isNotEqualTo(before.lease().owner());
		}
	}

	private static Row.Place place(@Nullable Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded) {
			return Row.Place.SUCCEEDED;
		}
		return (outcome instanceof Outcome.Cancelled) ? Row.Place.CANCELLED : Row.Place.DEAD;
	}

}

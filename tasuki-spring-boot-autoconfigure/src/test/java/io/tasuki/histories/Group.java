package io.tasuki.histories;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.tasuki.histories.Ending.Way;
import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Completed;
import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Completions that are given to a store together.
 *
 * @param archive whether the store keeps an archive
 */
record Group(Map<Lease, Ending> endings, boolean archive, Scene scene) {

	/** Leaves out the endings of leases that were never granted. */
	static Group of(List<Ending> endings, boolean archive, Scene scene) {
		Map<Lease, Ending> known = new LinkedHashMap<>();
		endings.forEach(
				(ending) -> scene.model().lease(ending.lease()).ifPresent((lease) -> known.putIfAbsent(lease, ending)));
		return new Group(known, archive, scene);
	}

	List<Completion> completions() {
		return this.endings.keySet().stream().map(this::completion).toList();
	}

	private Completion completion(Lease lease) {
		return ending(lease).completion(lease, this.scene.model().hours());
	}

	private Ending ending(Lease lease) {
		Ending ending = this.endings.get(lease);
		if (ending == null) {
			throw new AssertionError("Nobody gave " + lease);
		}
		return ending;
	}

	/** The store said what became of these, which is not yet so in the model. */
	void compare(Completed completed) {
		Set<Lease> written = leases((lease) -> heldAndFree(lease));
		Set<Lease> absent = leases((lease) -> this.scene.model().held(lease).isEmpty());
		Set<Lease> locked = leases((lease) -> !written.contains(lease) && !absent.contains(lease));
		assertThat(completed.written()).as("written").isEqualTo(written);
		assertThat(completed.locked()).as("locked").isEqualTo(locked);
		assertThat(completed.absent()).as("absent").isEqualTo(absent);
		Set<Lease> cancelled = leases((lease) -> written.contains(lease) && cancelledInstead(lease));
		assertThat(completed.cancelled()).as("cancelled instead").isEqualTo(cancelled);
		assertThat(completed.returned().keySet()).as("returned")
			.isEqualTo(leases((lease) -> written.contains(lease) && !cancelled.contains(lease)
					&& ending(lease).way().comesBack()));
		assertThat(completed.archived()).as("the archive took them").isTrue();
		this.scene.tally().add(Event.CANCELLED_INSTEAD, cancelled.size());
		this.scene.tally().add(Event.ROW_LOCKED, locked.size());
		this.scene.tally().add(Event.OUTCOME_REFUSED, absent.size());
	}

	private boolean heldAndFree(Lease lease) {
		return this.scene.model().held(lease).filter((job) -> !this.scene.model().locked(job)).isPresent();
	}

	private boolean cancelledInstead(Lease lease) {
		return this.scene.model().held(lease).filter(ModelJob::cancelRequested).isPresent()
				&& !ending(lease).way().finishes();
	}

	private Set<Lease> leases(Predicate<Lease> condition) {
		return this.endings.keySet().stream().filter(condition).collect(Collectors.toCollection(HashSet::new));
	}

	/** Does in the model what the store said it did. */
	void apply(Completed completed) {
		for (Lease lease : completed.written()) {
			Returned place = completed.returned().get(lease);
			ModelJob job = this.scene.model().held(lease).orElseThrow();
			end(job, lease, (place != null) ? place.position().runAt() : null);
			if (place != null) {
				assertThat(place.position()).isEqualTo(job.position());
				int hour = this.scene.model().hours().of(place.position().runAt());
				assertThat(Hours.round(place.dueIn())).as("due in").isEqualTo(Math.max(hour, 0));
			}
		}
	}

	/**
	 * The store did it, and its answer was lost.
	 * @return the jobs to which it was done
	 */
	Map<Lease, ModelJob> applyUnseen() {
		Set<Lease> written = leases(this::heldAndFree);
		Map<Long, Instant> runAts = this.scene.queue().runAts(written.stream().map(Lease::id).toList());
		Map<Lease, ModelJob> jobs = new HashMap<>();
		for (Lease lease : written) {
			ModelJob job = this.scene.model().held(lease).orElseThrow();
			end(job, lease, runAts.get(lease.id().value()));
			jobs.put(lease, job);
		}
		return jobs;
	}

	private void end(ModelJob job, Lease lease, @Nullable Instant runAt) {
		Hours hours = this.scene.model().hours();
		Ending ending = ending(lease);
		job.end(completion(lease), this.archive);
		if (runAt != null && ending.waits()) {
			assertThat(hours.of(runAt)).as("job %d waits", job.number).isEqualTo(Math.max(ending.hours(), 0));
			if (ending.way() == Way.RETRY_AT && ending.hours() > 0) {
				assertThat(runAt).isEqualTo(hours.in(ending.hours()));
			}
			job.runsAt(runAt);
		}
		this.scene.tally().add(Event.OUTCOME_WRITTEN);
	}

}

package io.tasuki.histories;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tasuki.histories.Ending.Way;
import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Completed;
import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records a group of outcomes. If it fails, the same group is given again, as the worker
 * does that cannot know what became of it.
 *
 * @param archive whether the worker keeps an archive
 */
record Complete(List<Ending> endings, boolean archive, Fate fate) implements Step {

	@Override
	public void play(Scene scene) {
		Map<Lease, Ending> group = new LinkedHashMap<>();
		this.endings.forEach(
				(ending) -> scene.model().lease(ending.lease()).ifPresent((lease) -> group.putIfAbsent(lease, ending)));
		if (group.isEmpty()) {
			return;
		}
		if (this.fate != Fate.ANSWERED) {
			fail(group, scene);
		}
		succeed(group, scene);
	}

	private void fail(Map<Lease, Ending> group, Scene scene) {
		List<Completion> completions = completions(group, scene);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> scene.queue().completer(this.archive).store(this.fate).complete(completions));
		if (this.fate == Fate.ANSWER_LOST) {
			Map<Lease, ModelJob> written = writable(group, scene);
			Map<Long, Instant> runAts = scene.queue().runAts(written.values());
			written.forEach((lease, job) -> write(job, lease, group.get(lease), runAts.get(job.id.value()), scene));
		}
		scene.tally().add((this.fate == Fate.ANSWER_LOST) ? Event.COMPLETION_LOST : Event.COMPLETION_FAILED);
	}

	private void succeed(Map<Lease, Ending> group, Scene scene) {
		Model model = scene.model();
		Map<Lease, ModelJob> written = writable(group, scene);
		Set<Lease> locked = new HashSet<>(group.keySet());
		locked.removeIf((lease) -> model.held(lease).isEmpty() || written.containsKey(lease));
		Set<Lease> absent = new HashSet<>(group.keySet());
		absent.removeIf((lease) -> model.held(lease).isPresent());
		Completed completed = scene.queue()
			.completer(this.archive)
			.store(Fate.ANSWERED)
			.complete(completions(group, scene));
		assertThat(completed.written()).as("written").isEqualTo(written.keySet());
		assertThat(completed.locked()).as("locked").isEqualTo(locked);
		assertThat(completed.absent()).as("absent").isEqualTo(absent);
		assertThat(completed.archived()).as("the archive took them").isTrue();
		Set<Lease> returned = new HashSet<>(written.keySet());
		returned.removeIf((lease) -> !group.get(lease).way().comesBack());
		assertThat(completed.returned().keySet()).as("returned").isEqualTo(returned);
		written.forEach((lease, job) -> {
			Returned place = completed.returned().get(lease);
			Instant runAt = (place != null) ? place.position().runAt() : null;
			write(job, lease, group.get(lease), runAt, scene);
			if (place != null) {
				assertThat(place.position()).isEqualTo(job.position());
				assertThat(Hours.round(place.dueIn()))
					.isEqualTo(Math.max(model.hours().of(place.position().runAt()), 0));
			}
		});
		scene.tally().add(Event.ROW_LOCKED, locked.size());
		scene.tally().add(Event.OUTCOME_REFUSED, absent.size());
	}

	private static List<Completion> completions(Map<Lease, Ending> group, Scene scene) {
		return group.entrySet()
			.stream()
			.map((entry) -> entry.getValue().completion(entry.getKey(), scene.model().hours()))
			.toList();
	}

	private static Map<Lease, ModelJob> writable(Map<Lease, Ending> group, Scene scene) {
		Map<Lease, ModelJob> writable = new HashMap<>();
		group.keySet().forEach((lease) -> {
			Optional<ModelJob> held = scene.model().held(lease);
			held.filter((job) -> !scene.model().locked(job)).ifPresent((job) -> writable.put(lease, job));
		});
		return writable;
	}

	private void write(ModelJob job, Lease lease, Ending ending, @Nullable Instant runAt, Scene scene) {
		Hours hours = scene.model().hours();
		job.end(ending.completion(lease, hours), this.archive);
		// A job that is handed back keeps its place, so there the store has no say.
		if (runAt != null && ending.way() != Way.HANDED_BACK) {
			assertThat(hours.of(runAt)).as("job %d waits", job.number).isEqualTo(Math.max(ending.hours(), 0));
			if (ending.way() == Way.RETRY_AT && ending.hours() > 0) {
				assertThat(runAt).isEqualTo(hours.in(ending.hours()));
			}
			job.runsAt(runAt);
		}
		scene.tally().add(Event.OUTCOME_WRITTEN);
	}

}

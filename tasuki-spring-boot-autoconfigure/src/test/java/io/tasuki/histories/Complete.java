package io.tasuki.histories;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Completed;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Fate;
import io.tasuki.store.Lease;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records a group of outcomes. If it fails, the same group is given again, as by a worker
 * that cannot know what became of it, and that then asks.
 *
 * @param archive whether the worker keeps an archive
 */
record Complete(List<Ending> endings, boolean archive, Fault fault) implements Step {

	@Override
	public void play(Scene scene) {
		Group group = Group.of(this.endings, this.archive, scene);
		if (group.endings().isEmpty()) {
			return;
		}
		Map<Lease, ModelJob> recorded = (this.fault != Fault.NONE) ? fail(group, scene) : Map.of();
		CompletionStore store = scene.queue().completer(this.archive).store(Fault.NONE);
		Completed completed = store.complete(group.completions());
		group.compare(completed);
		group.apply(completed);
		if (!recorded.isEmpty()) {
			compareFates(recorded, store);
		}
	}

	@Override
	public List<Step> simpler() {
		return Shortener.withoutOne(this.endings)
			.stream()
			.<Step>map((left) -> new Complete(left, this.archive, this.fault))
			.toList();
	}

	/** Returns what was recorded all the same, under which lease. */
	private Map<Lease, ModelJob> fail(Group group, Scene scene) {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> scene.queue().completer(this.archive).store(this.fault).complete(group.completions()));
		if (this.fault != Fault.ANSWER_LOST) {
			scene.tally().add(Event.COMPLETION_FAILED);
			return Map.of();
		}
		scene.tally().add(Event.COMPLETION_LOST);
		return group.applyUnseen();
	}

	private static void compareFates(Map<Lease, ModelJob> recorded, CompletionStore store) {
		Map<Lease, Integer> attemptsUsed = new HashMap<>();
		Map<Lease, Fate> fates = new HashMap<>();
		recorded.forEach((lease, job) -> {
			attemptsUsed.put(lease, job.attemptsUsed());
			if (job.kept()) {
				fates.put(lease, Fate.RECORDED);
			}
		});
		assertThat(store.fates(attemptsUsed, Duration.ofHours(1))).as("fates").isEqualTo(fates);
	}

}

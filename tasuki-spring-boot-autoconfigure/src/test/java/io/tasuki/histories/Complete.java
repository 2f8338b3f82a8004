package io.tasuki.histories;

import java.util.List;

import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Completed;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Records a group of outcomes. If it fails, the same group is given again, as by a worker
 * that cannot know what became of it.
 *
 * @param archive whether the worker keeps an archive
 */
record Complete(List<Ending> endings, boolean archive, Fate fate) implements Step {

	@Override
	public void play(Scene scene) {
		Group group = Group.of(this.endings, this.archive, scene);
		if (group.endings().isEmpty()) {
			return;
		}
		if (this.fate != Fate.ANSWERED) {
			fail(group, scene);
		}
		Completed completed = scene.queue().completer(this.archive).store(Fate.ANSWERED).complete(group.completions());
		group.compare(completed);
		group.apply(completed);
	}

	@Override
	public List<Step> simpler() {
		return Shortener.withoutOne(this.endings)
			.stream()
			.<Step>map((left) -> new Complete(left, this.archive, this.fate))
			.toList();
	}

	private void fail(Group group, Scene scene) {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> scene.queue().completer(this.archive).store(this.fate).complete(group.completions()));
		if (this.fate == Fate.ANSWER_LOST) {
			group.applyUnseen();
			scene.tally().add(Event.COMPLETION_LOST);
		}
		else {
			scene.tally().add(Event.COMPLETION_FAILED);
		}
	}

}

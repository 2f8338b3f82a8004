package io.tasuki.histories;

import java.util.List;

import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;

/**
 * Records an outcome in the transaction of a handler.
 *
 * @param archive whether the worker keeps an archive
 * @param commit whether the transaction commits; else nothing has happened
 */
record CompleteInTransaction(Ending ending, boolean archive, boolean commit) implements Step {

	@Override
	public void play(Scene scene) {
		Group group = Group.of(List.of(this.ending), this.archive, scene);
		for (Completion completion : group.completions()) {
			Completed completed = scene.queue()
				.inTransaction(this.commit, () -> scene.queue().joined(this.archive).complete(completion));
			group.compare(completed);
			if (this.commit) {
				group.apply(completed);
			}
			scene.tally().add((this.commit) ? Event.TRANSACTION_COMMITTED : Event.TRANSACTION_ROLLED_BACK);
		}
	}

}

package io.tasuki.histories;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.histories.Tally.Event;
import io.tasuki.store.JobStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody no longer wants a job.
 *
 * @param archive whether an archive is kept
 * @param commit whether this is for good; else it is rolled back
 */
record Cancel(int number, boolean archive, boolean commit) implements Step {

	@Override
	public void play(Scene scene) {
		scene.model().job(this.number).ifPresent((job) -> cancel(job, scene));
	}

	private void cancel(ModelJob job, Scene scene) {
		JobStore store = scene.queue().jobs(this.archive);
		Cancellation cancellation = (this.commit) ? store.cancel(job.id)
				: scene.queue().inTransaction(false, () -> store.cancel(job.id));
		assertThat(cancellation.id()).isEqualTo(job.id);
		assertThat(cancellation.effect()).isEqualTo(effect(job));
		if (this.commit) {
			job.cancel(this.archive);
		}
		scene.tally().add(switch (cancellation.effect()) {
			case CANCELLED -> Event.CANCELLED;
			case REQUESTED -> Event.CANCEL_REQUESTED;
			case NONE -> Event.CANCEL_CAME_LATE;
		});
	}

	private static Effect effect(ModelJob job) {
		if (!job.live()) {
			return Effect.NONE;
		}
		return (job.lease() != null) ? Effect.REQUESTED : Effect.CANCELLED;
	}

}

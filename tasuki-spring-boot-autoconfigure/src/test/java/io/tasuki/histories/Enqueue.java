package io.tasuki.histories;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.tasuki.EnqueuedJob;
import io.tasuki.UniqueKey;
import io.tasuki.histories.Tally.Event;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stores jobs in one call.
 *
 * @param commit whether this is for good; else it is rolled back
 */
record Enqueue(List<Wish> wishes, boolean commit) implements Step {

	@Override
	public void play(Scene scene) {
		Hours hours = scene.model().hours();
		List<NewJob> asked = this.wishes.stream().map((wish) -> wish.newJob(hours)).toList();
		List<InsertedJob> inserted = (this.commit) ? scene.queue().jobs().insert(asked)
				: scene.queue().inTransaction(false, () -> scene.queue().jobs().insert(asked));
		assertThat(inserted).hasSameSizeAs(asked);
		for (int i = 0; i < asked.size(); i++) {
			compare(this.wishes.get(i), asked.get(i), inserted.get(i), scene);
		}
		if (!this.commit) {
			this.wishes.forEach((wish) -> scene.model().remove(wish.number()));
			scene.tally().add(Event.ENQUEUE_ROLLED_BACK);
		}
	}

	@Override
	public List<Step> simpler() {
		return Shortener.withoutOne(this.wishes).stream().<Step>map((left) -> new Enqueue(left, this.commit)).toList();
	}

	private static void compare(Wish wish, NewJob asked, InsertedJob inserted, Scene scene) {
		Model model = scene.model();
		Optional<ModelJob> holder = model.holder(asked.queue(), asked.uniqueKey());
		if (holder.isPresent()) {
			assertThat(inserted).as("the job that holds the key")
				.isEqualTo(new InsertedJob(holder.get().id,
						(holder.get().lease() != null) ? EnqueuedJob.Effect.RUNNING : EnqueuedJob.Effect.EXISTING,
						holder.get().position(), Duration.ZERO));
			scene.tally().add(Event.KEY_TAKEN);
			return;
		}
		assertThat(inserted.effect()).as("job %d", wish.number()).isEqualTo(EnqueuedJob.Effect.CREATED);
		assertThat(inserted.position().id()).isEqualTo(inserted.id().value());
		assertThat(Hours.round(inserted.dueIn())).as("job %d is due in", wish.number()).isEqualTo(wish.dueIn());
		if (wish.asMoment() && wish.hours() > 0) {
			assertThat(inserted.position().runAt()).isEqualTo(asked.runAt());
		}
		assertThat(model.hours().of(inserted.position().runAt())).isEqualTo(wish.dueIn());
		model.add(wish.number(), asked, inserted);
		scene.tally().add(Event.ENQUEUED);
	}

	/**
	 * A job to store.
	 *
	 * @param number number of the job in the history
	 * @param hours when the job is due
	 * @param asMoment whether that is said as a moment, rather than as a delay
	 */
	record Wish(int number, String queue, String kind, int priority, int hours, boolean asMoment,
			@Nullable Integer maxAttempts, @Nullable String uniqueKey) {

		/** The same job where another one stands in the run order. */
		Wish inPlaceOf(Wish other) {
			return new Wish(this.number, other.queue, this.kind, other.priority, other.hours, other.asMoment,
					this.maxAttempts, this.uniqueKey);
		}

		NewJob newJob(Hours times) {
			return new NewJob(this.kind, this.queue, "{\"n\": %d}".formatted(this.number), this.priority,
					(this.asMoment || this.hours == 0) ? null : Duration.ofHours(this.hours),
					(this.asMoment) ? times.in(this.hours) : null, this.maxAttempts, uniqueKeyOrNull(), null, null);
		}

		private @Nullable UniqueKey uniqueKeyOrNull() {
			return (this.uniqueKey != null) ? UniqueKey.of(this.uniqueKey) : null;
		}

		int dueIn() {
			return Math.max(this.hours, 0);
		}

	}

}

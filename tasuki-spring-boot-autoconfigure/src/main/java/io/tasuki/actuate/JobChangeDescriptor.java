package io.tasuki.actuate;

import io.tasuki.Cancellation;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What became of the wish to change a job.
 *
 * @param id the job
 * @param changed whether it came to anything
 * @param effect name of the effect, as {@link Cancellation.Effect},
 * {@link Rescheduling.Effect} and {@link Retrial.Effect} have it
 * @param message the same in words
 */
public record JobChangeDescriptor(long id, boolean changed, String effect,
		String message) implements OperationResponseBody {

	static JobChangeDescriptor of(Cancellation cancellation) {
		return of(cancellation.id(), cancellation.effect(), switch (cancellation.effect()) {
			case CANCELLED -> "It has ended as cancelled and will not run.";
			case REQUESTED ->
				"A worker holds it and is told to stop it. It ends as cancelled, unless its handler is done all the same.";
			case NONE -> null;
		}, "it had ended before.");
	}

	static JobChangeDescriptor of(Rescheduling rescheduling, String rescheduled) {
		return of(rescheduling.id(), rescheduling.effect(),
				(rescheduling.effect() == Rescheduling.Effect.RESCHEDULED) ? rescheduled : null,
				switch (rescheduling.effect()) {
					case RUNNING -> "a worker holds it, or did so when it died.";
					case DEAD -> "it is dead. It can be retried.";
					default -> "it has ended.";
				});
	}

	/**
	 * Describes a retrial.
	 * @param state where the job is in its life, if it is not dead
	 */
	static JobChangeDescriptor of(Retrial retrial, @Nullable JobState state) {
		JobId keyHolder = retrial.keyHolder();
		return of(retrial.id(), retrial.effect(),
				(retrial.effect() == Retrial.Effect.RETRIED) ? "It is due at once, with all its attempts before it."
						: null,
				(keyHolder != null) ? "job %s, which lives, has its unique key. Retry it when that one has ended."
					.formatted(keyHolder) : "it is %s, and only dead jobs can be retried.".formatted(state));
	}

	private static JobChangeDescriptor of(JobId id, Enum<?> effect, @Nullable String change, String obstacle) {
		return new JobChangeDescriptor(id.value(), change != null, effect.name(),
				(change != null) ? change : "Nothing changed: " + obstacle);
	}

}

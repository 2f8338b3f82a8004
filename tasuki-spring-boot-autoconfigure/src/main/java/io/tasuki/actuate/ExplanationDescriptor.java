package io.tasuki.actuate;

import java.time.Instant;
import java.util.List;

import io.tasuki.AttemptError;
import io.tasuki.JobExplanation;
import io.tasuki.JobReason;
import io.tasuki.actuate.JobValue.Part;

/**
 * Why a job does not run, or that it does.
 *
 * @param asOf when this was so, by the database's clock
 * @param message all of it in words
 * @param reasons all that holds, the decisive reason first
 */
public record ExplanationDescriptor(Instant asOf, String message, List<Reason> reasons) {

	static ExplanationDescriptor of(JobExplanation explanation, JobValues values) {
		JobExplanation shown = new JobExplanation(explanation.id(), explanation.asOf(),
				explanation.reasons().stream().map((reason) -> masked(reason, values)).toList());
		return new ExplanationDescriptor(shown.asOf(), shown.message(),
				shown.reasons().stream().map(Reason::of).toList());
	}

	private static JobReason masked(JobReason reason, JobValues values) {
		if (reason instanceof JobReason.Ended ended) {
			return new JobReason.Ended(ended.state(), ended.at(), values.showIfAny(Part.ERROR, ended.reason()));
		}
		if (reason instanceof JobReason.RetryScheduled retry && retry.lastError() != null) {
			AttemptError error = retry.lastError();
			return new JobReason.RetryScheduled(retry.runAt(), retry.in(), retry.attempt(), retry.maxAttempts(),
					new AttemptError(error.attempt(), error.at(), error.type(),
							values.show(Part.ERROR, error.message()), null));
		}
		return reason;
	}

	/**
	 * One reason.
	 *
	 * @param type its name, as {@link JobReason} has it, such as {@code QueuePaused}
	 * @param message what it says
	 */
	public record Reason(String type, String message) {

		private static Reason of(JobReason reason) {
			return new Reason(reason.getClass().getSimpleName(), reason.message());
		}

	}

}

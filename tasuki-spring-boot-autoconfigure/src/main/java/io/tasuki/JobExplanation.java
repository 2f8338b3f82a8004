package io.tasuki;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Answer of {@link JobOperations#explain}: why a job does not run, or that it does.
 *
 * @param id identity of the job
 * @param asOf when this was so, by the database's clock
 * @param reasons all that holds, the decisive reason first; never empty
 */
public record JobExplanation(JobId id, Instant asOf, List<JobReason> reasons) {

	public JobExplanation {
		reasons = List.copyOf(reasons);
		if (reasons.isEmpty()) {
			throw new IllegalArgumentException("There is always a reason");
		}
	}

	/**
	 * Returns the reason that decides: were it gone, the next one would.
	 */
	public JobReason decisive() {
		return this.reasons.get(0);
	}

	/**
	 * Says all of it, for a human.
	 */
	public String message() {
		return this.reasons.stream().map(JobReason::message).collect(Collectors.joining(" "));
	}

	@Override
	public String toString() {
		return "job %s: %s".formatted(this.id, message());
	}

}

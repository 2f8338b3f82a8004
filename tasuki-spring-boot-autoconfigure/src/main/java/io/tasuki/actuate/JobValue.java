package io.tasuki.actuate;

import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

/**
 * A value of a job that may be nobody's business: what a {@link JobMasker} judges.
 *
 * @param part what it is of the job
 * @param id the job
 * @param kind the job's kind
 * @param queue the job's queue
 * @param name its name, where the part has several values, as metadata has; else
 * {@code null}
 * @param value the value
 */
public record JobValue(Part part, JobId id, String kind, String queue, @Nullable String name, String value) {

	/**
	 * Says which value it is, never the value.
	 */
	@Override
	public String toString() {
		return "%s%s of job %s of kind '%s' in queue '%s'".formatted(this.part,
				(this.name != null) ? " '" + this.name + "'" : "", this.id, this.kind, this.queue);
	}

	/** What a value is of its job. */
	public enum Part {

		/** Its input, as JSON. */
		PAYLOAD,

		/** One entry of its metadata. */
		METADATA,

		/** What it came to, as JSON. */
		RESULT,

		/** Its unique key. */
		UNIQUE_KEY,

		/** What its handler said with its progress. */
		PROGRESS_NOTE,

		/** A line that its handler logged. */
		LOG_LINE,

		/** What went wrong: message or stack trace of a failure, reason of an end. */
		ERROR

	}

}

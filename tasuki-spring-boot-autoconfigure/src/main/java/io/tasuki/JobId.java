package io.tasuki;

/**
 * Identity of a stored job: assigned by the database when the job is enqueued, kept when
 * the job moves to the archive or to the dead letters, never used again.
 *
 * @param value the number, greater than zero
 */
public record JobId(long value) implements Comparable<JobId> {

	public JobId {
		if (value <= 0) {
			throw new IllegalArgumentException("A job id is a positive number, not " + value);
		}
	}

	@Override
	public int compareTo(JobId other) {
		return Long.compare(this.value, other.value);
	}

	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}

package io.tasuki.benchmarks.comparison.contestant;

/**
 * When the jobs that this process enqueued were seen to be committed, in the time of
 * {@link Ledger#now()}. A commit can be seen elsewhere before whoever asked for it knows,
 * so a job may have started before.
 */
public final class Commits {

	private final Notes committedAt;

	/**
	 * Creates an empty list.
	 * @param jobs one more than the largest number of a job
	 */
	public Commits(int jobs) {
		this.committedAt = new Notes(jobs);
	}

	/**
	 * Notes that the commit of some jobs has just returned. Any thread may say so.
	 * @param first number of the first job
	 * @param count how many, numbered consecutively
	 */
	public void committed(int first, int count) {
		long now = Ledger.now();
		for (int number = first; number < first + count; number++) {
			this.committedAt.set(number, now);
		}
	}

	/**
	 * Returns when the commit of a job returned; 0 if that was not noted.
	 */
	public long committedAt(int number) {
		return this.committedAt.get(number);
	}

}

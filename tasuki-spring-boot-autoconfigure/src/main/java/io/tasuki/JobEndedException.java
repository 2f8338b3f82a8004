package io.tasuki;

import java.util.Locale;

/**
 * There is no result of a job to wait for: it is dead or cancelled.
 */
public class JobEndedException extends TasukiException {

	private static final long serialVersionUID = 1L;

	private final transient FoundJob job;

	public JobEndedException(FoundJob job) {
		super("There is no result of %s: it is %s. %s".formatted(job.job(), job.state().name().toLowerCase(Locale.ROOT),
				job.reason()));
		this.job = job;
	}

	/**
	 * Returns the job with what became of its attempts.
	 */
	public FoundJob job() {
		return this.job;
	}

}

package io.tasuki;

/**
 * A job is not there: there never was one of this id, the transaction that enqueued it
 * has not committed, or it has ended and was not kept.
 */
public class JobNotFoundException extends TasukiException {

	private static final long serialVersionUID = 1L;

	public JobNotFoundException(JobId id) {
		super("Job %s is not there: there never was one, the transaction that enqueued it has not committed, or it has"
			.formatted(id) + " ended and was not kept, as with 'tasuki.retention.archive=false'");
	}

}

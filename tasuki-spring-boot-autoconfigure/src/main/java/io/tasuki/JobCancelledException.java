package io.tasuki;

/**
 * Leaves a handler whose attempt should stop.
 *
 * @see JobContext#throwIfCancelled()
 */
public class JobCancelledException extends TasukiException {

	private static final long serialVersionUID = 1L;

	public JobCancelledException(String message) {
		super(message);
	}

}

package io.tasuki;

/**
 * A job was not enqueued, or not cancelled, because the current transaction could not
 * have carried it. Nothing was stored.
 */
public class EnqueueRefusedException extends TasukiException {

	private static final long serialVersionUID = 1L;

	public EnqueueRefusedException(String message) {
		super(message);
	}

}

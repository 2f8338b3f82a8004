package io.tasuki;

import org.jspecify.annotations.Nullable;

/**
 * A payload cannot be written as JSON, cannot be stored or is too large.
 */
public class PayloadException extends TasukiException {

	private static final long serialVersionUID = 1L;

	public PayloadException(String message) {
		super(message);
	}

	public PayloadException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

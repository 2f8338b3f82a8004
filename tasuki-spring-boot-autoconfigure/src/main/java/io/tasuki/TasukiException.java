package io.tasuki;

import org.jspecify.annotations.Nullable;

/**
 * Root of the exceptions that tasuki throws.
 */
public class TasukiException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public TasukiException(String message) {
		super(message);
	}

	public TasukiException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

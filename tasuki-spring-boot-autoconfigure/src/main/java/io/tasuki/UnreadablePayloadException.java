package io.tasuki;

import org.jspecify.annotations.Nullable;

/**
 * A stored payload cannot be read as what its handler takes. Trying again would not help,
 * so the job is dead at once, its payload untouched.
 */
public class UnreadablePayloadException extends PayloadException {

	private static final long serialVersionUID = 1L;

	public UnreadablePayloadException(String message) {
		super(message);
	}

	public UnreadablePayloadException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

package io.tasuki.sample.photo;

import org.jspecify.annotations.Nullable;

/**
 * The uploaded bytes are no picture that this service can show, and never will be.
 */
class UnreadablePictureException extends Exception {

	private static final long serialVersionUID = 1L;

	UnreadablePictureException(String message) {
		this(message, null);
	}

	UnreadablePictureException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

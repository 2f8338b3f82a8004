package io.tasuki.postgres;

import io.tasuki.TasukiException;
import org.jspecify.annotations.Nullable;

/**
 * The database lacks the schema this version needs, and it was not, or could not be,
 * created. The message says what to do.
 */
public class SchemaMissingException extends TasukiException {

	private static final long serialVersionUID = 1L;

	public SchemaMissingException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}

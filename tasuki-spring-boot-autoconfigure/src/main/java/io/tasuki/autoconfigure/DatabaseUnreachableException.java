package io.tasuki.autoconfigure;

import io.tasuki.TasukiException;
import io.tasuki.postgres.ConnectionFailure;

/** The application starts, but the queue's database lets nobody in. */
final class DatabaseUnreachableException extends TasukiException {

	private static final long serialVersionUID = 1L;

	private final ConnectionFailure.Reason reason;

	DatabaseUnreachableException(String database, ConnectionFailure failure, Throwable cause) {
		super("Cannot connect to the database %s: %s".formatted(database, failure.message()), cause);
		this.reason = failure.reason();
	}

	ConnectionFailure.Reason reason() {
		return this.reason;
	}

}

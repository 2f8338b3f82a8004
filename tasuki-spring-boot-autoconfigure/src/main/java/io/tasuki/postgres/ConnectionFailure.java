package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.Optional;

import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Why no connection to the database could be had.
 *
 * @param reason what kind of remedy there is
 * @param message what the server or the driver said
 */
public record ConnectionFailure(Reason reason, String message) {

	/**
	 * Reads an exception.
	 * @return empty if it does not mean that no connection could be had
	 */
	public static Optional<ConnectionFailure> of(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sqlException && sqlException.getSQLState() != null) {
				return of(sqlException, failure);
			}
		}
		return (failure instanceof CannotGetJdbcConnectionException unexplained)
				? Optional.of(new ConnectionFailure(Reason.UNREACHABLE, unexplained.getMostSpecificCause().toString()))
				: Optional.empty();
	}

	private static Optional<ConnectionFailure> of(SQLException cause, Throwable failure) {
		Reason reason = switch (cause.getSQLState().substring(0, 2)) {
			case "28" -> Reason.LOGIN;
			case "3D" -> Reason.DATABASE;
			case "08", "53", "57" -> Reason.UNREACHABLE;
			default -> (failure instanceof CannotGetJdbcConnectionException) ? Reason.UNREACHABLE : null;
		};
		return Optional.ofNullable(reason)
			.map((known) -> new ConnectionFailure(known, String.valueOf(cause.getMessage())));
	}

	/** What kind of remedy there is. */
	public enum Reason {

		/** Nobody answers there, or not now. */
		UNREACHABLE,

		/** The user or the password is refused. */
		LOGIN,

		/** The server has no such database. */
		DATABASE

	}

}

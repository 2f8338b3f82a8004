package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the five letters of a database error mean here.
 */
final class SqlStates {

	static final String INSUFFICIENT_PRIVILEGE = "42501";

	static final String QUERY_CANCELED = "57014";

	private static final String DEADLOCK_DETECTED = "40P01";

	private static final String LOCK_NOT_AVAILABLE = "55P03";

	private static final String CHECK_VIOLATION = "23514";

	private static final String UNDEFINED_TABLE = "42P01";

	private static final String READ_ONLY = "25006";

	/** Told to end, ended by a crash, or not up yet. */
	private static final Set<String> SHUTDOWNS = Set.of("57P01", "57P02", "57P03");

	/** A row without a partition counts as a violated check. */
	private static final Set<String> ARCHIVE_FAILURES = Set.of(CHECK_VIOLATION, UNDEFINED_TABLE, INSUFFICIENT_PRIVILEGE,
			LOCK_NOT_AVAILABLE);

	/**
	 * Classes of errors with which the server refuses one statement and nothing else:
	 * unsupported, data, constraint, rollback, syntax and access, limit, state, and what
	 * somebody's trigger raises.
	 */
	private static final Set<String> REFUSALS = Set.of("0A", "22", "23", "40", "42", "54", "55", "P0");

	/**
	 * Classes of errors that lie in the values of a row: data, constraint, limit,
	 * trigger.
	 */
	private static final Set<String> DATA_ERRORS = Set.of("22", "23", "54", "P0");

	private SqlStates() {
	}

	/**
	 * Returns the SQL state behind an exception; {@code null} if there is none.
	 */
	static @Nullable String of(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException sqlException && sqlException.getSQLState() != null) {
				return sqlException.getSQLState();
			}
		}
		return null;
	}

	/**
	 * Returns whether the server answered, and refused the statement: the connection is
	 * sound and the statement changed nothing. Everything else leaves both in doubt.
	 */
	static boolean isRefusal(Throwable failure) {
		String state = of(failure);
		return state != null && REFUSALS.contains(state.substring(0, 2));
	}

	/**
	 * Returns whether what some row holds made the server refuse the statement: without
	 * that row it would pass.
	 */
	static boolean isDataError(Throwable failure) {
		String state = of(failure);
		return state != null && DATA_ERRORS.contains(state.substring(0, 2));
	}

	static boolean isConnectionFailure(Throwable failure) {
		String state = of(failure);
		return state != null && (state.startsWith("08") || state.startsWith("28") || state.startsWith("57"));
	}

	/**
	 * Returns whether a write was refused because the transaction may only read, whoever
	 * decided that.
	 */
	static boolean isReadOnly(Throwable failure) {
		return READ_ONLY.equals(of(failure));
	}

	/**
	 * Returns whether the server is shutting down, or not up yet.
	 */
	static boolean isShutdown(Throwable failure) {
		String state = of(failure);
		return state != null && SHUTDOWNS.contains(state);
	}

	/**
	 * Returns whether somebody else's lock, and nothing but that, was in the way.
	 */
	static boolean isLockFailure(Throwable failure) {
		String state = of(failure);
		return LOCK_NOT_AVAILABLE.equals(state) || DEADLOCK_DETECTED.equals(state);
	}

	/**
	 * Returns whether the archive, rather than the live table, may have refused.
	 */
	static boolean isArchiveFailure(Throwable failure) {
		String state = of(failure);
		return state != null && ARCHIVE_FAILURES.contains(state);
	}

}

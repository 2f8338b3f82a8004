package io.tasuki.postgres;

import java.time.Duration;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * How long the statements of one transaction may run and wait, on a connection that is
 * otherwise somebody else's: the bounds end with the transaction.
 *
 * @param lock longest wait for a lock
 * @param statement longest run of a statement
 */
record WaitBounds(Duration lock, Duration statement) {

	// An instance that stands still between two statements must not keep its locks.
	private static final String SQL = """
			select set_config('lock_timeout', ?, true),
			       set_config('statement_timeout', ?, true),
			       set_config('idle_in_transaction_session_timeout', '10s', true)
			""";

	/**
	 * Begins a transaction's work.
	 */
	void apply(JdbcOperations jdbc) {
		jdbc.query(SQL, (row) -> {
		}, this.lock.toMillis() + "ms", this.statement.toMillis() + "ms");
	}

}

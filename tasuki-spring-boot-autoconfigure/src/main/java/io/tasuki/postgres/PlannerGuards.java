package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.tasuki.postgres.CallersTransaction.Work;

/**
 * Keeps the planner from sorting or scanning a whole table for the first few rows that an
 * index has in order, as it does for a table that it believes to be small. Holds for some
 * statements of the caller's transaction and is undone behind them.
 */
final class PlannerGuards {

	// What stood before is read before it is changed: from left to right.
	private static final String SET = """
			select current_setting('enable_seqscan'), current_setting('enable_bitmapscan'), current_setting('enable_sort'),
			       current_setting('jit'),
			       set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
			       set_config('enable_sort', 'off', true), set_config('jit', 'off', true)
			""";

	private static final String RESET = """
			select set_config('enable_seqscan', ?, true), set_config('enable_bitmapscan', ?, true),
			       set_config('enable_sort', ?, true), set_config('jit', ?, true)
			""";

	private static final int SETTINGS = 4;

	private PlannerGuards() {
	}

	/**
	 * Runs statements under guards. After a failure they need not be undone: that ends
	 * the transaction, or goes back to a savepoint.
	 */
	static <R> R guarded(CallersConnection connection, Work<R> work) throws SQLException {
		String[] before = set(connection);
		R result = work.run(connection);
		reset(connection, before);
		return result;
	}

	private static String[] set(CallersConnection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepare(SET); ResultSet row = statement.executeQuery()) {
			row.next();
			String[] before = new String[SETTINGS];
			for (int i = 0; i < SETTINGS; i++) {
				before[i] = row.getString(i + 1);
			}
			return before;
		}
	}

	private static void reset(CallersConnection connection, String[] before) throws SQLException {
		try (PreparedStatement statement = connection.prepare(RESET)) {
			for (int i = 0; i < SETTINGS; i++) {
				statement.setString(i + 1, before[i]);
			}
			statement.executeQuery().close();
		}
	}

}

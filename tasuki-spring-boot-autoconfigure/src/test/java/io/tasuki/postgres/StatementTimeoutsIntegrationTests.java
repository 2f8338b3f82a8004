package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StatementTimeoutsIntegrationTests {

	private final StatementTimeouts timeouts = new StatementTimeouts(Duration.ofMillis(50), Duration.ofMillis(10),
			StatementTimeouts::newThread);

	private final TestDatabase database = TestDatabase.empty();

	@Test
	void cancelsOnlyTheStatementThatTakesTooLong() throws SQLException {
		try (Connection connection = this.database.dataSource.getConnection()) {
			cancels(connection);
			assertThat(backend(connection)).isPositive();
		}
	}

	@Test
	void watchesAgainAfterItHadNothingToWatchForAWhile() throws SQLException {
		try (Connection connection = this.database.dataSource.getConnection()) {
			cancels(connection);
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !isWatching());
			cancels(connection);
		}
	}

	private void cancels(Connection connection) throws SQLException {
		try (TimedCall call = this.timeouts.begin();
				PreparedStatement statement = connection.prepareStatement("select pg_sleep(30)")) {
			call.watch(statement);
			assertThatExceptionOfType(SQLException.class).isThrownBy(statement::executeQuery)
				.returns("57014", SQLException::getSQLState);
		}
	}

	private static int backend(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("select pg_backend_pid()");
				ResultSet rows = statement.executeQuery()) {
			rows.next();
			return rows.getInt(1);
		}
	}

	private static boolean isWatching() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("tasuki-statement-timeouts"));
	}

}

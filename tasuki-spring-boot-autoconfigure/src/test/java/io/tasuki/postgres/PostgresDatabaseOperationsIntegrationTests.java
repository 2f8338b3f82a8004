package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.tasuki.DatabaseReport;
import io.tasuki.SnapshotHolder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresDatabaseOperationsIntegrationTests {

	private static TestDatabase database;

	private final PostgresDatabaseOperations operations = new PostgresDatabaseOperations(database.dataSource);

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@Test
	void reportsDeadRowsUntilTheTableIsVacuumed() { // B51
		database.clear();
		database.insertMany(100);
		database.jdbc.update("delete from tasuki.job where id % 2 = 0");
		await().untilAsserted(() -> {
			DatabaseReport report = this.operations.inspect();
			assertThat(report.deadRows()).isPositive();
			assertThat(report.liveRows()).isEqualTo(50);
		});
		database.jdbc.execute("vacuum (analyze) tasuki.job");
		await().untilAsserted(() -> {
			DatabaseReport report = this.operations.inspect();
			assertThat(report.deadRows()).isZero();
			assertThat(report.sinceVacuum()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
			assertThat(report.sinceAnalyze()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
		});
	}

	@Test
	void namesASessionThatHoldsASnapshot() throws SQLException { // B51
		try (Connection report = connect(database, "night report"); Statement statement = report.createStatement()) {
			report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			report.setAutoCommit(false);
			statement.execute("select from tasuki.job");
			database.insertMany(1);
			SnapshotHolder holder = holder(this.operations, report);
			assertThat(holder.kind()).isEqualTo(SnapshotHolder.Kind.SESSION);
			assertThat(holder.name()).isEqualTo("night report");
			assertThat(holder.state()).isEqualTo("idle in transaction");
			assertThat(holder.age()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
			assertThat(holder.transactions()).isPositive();
			report.commit();
			assertThat(this.operations.inspect().snapshotHolders()).doesNotContain(holder)
				.noneMatch((other) -> other.name().equals("night report"));
		}
	}

	@Test
	void namesASessionThatHasWrittenAndNotCommitted() throws SQLException { // B51
		try (Connection writer = connect(database, "writer"); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("create temporary table written ()");
			assertThat(holder(this.operations, writer).name()).isEqualTo("writer");
			writer.rollback();
		}
	}

	@Test
	void saysLessToARoleThatMaySeeNoOtherSessions() throws SQLException { // B51
		TestDatabase restricted = database.asNewRole("watchman");
		try (Connection report = connect(database, "night report"); Statement statement = report.createStatement()) {
			database.jdbc.execute("grant usage on schema tasuki to watchman");
			report.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			report.setAutoCommit(false);
			statement.execute("select from tasuki.job");
			SnapshotHolder holder = holder(new PostgresDatabaseOperations(restricted.dataSource), report);
			assertThat(holder.name()).isEqualTo("night report");
			assertThat(holder.state()).isNull();
			assertThat(holder.age()).isNull();
		}
		finally {
			database.jdbc.execute("drop owned by watchman");
			database.jdbc.execute("drop role watchman");
		}
	}

	private static SnapshotHolder holder(PostgresDatabaseOperations operations, Connection connection)
			throws SQLException {
		int pid = connection.unwrap(PGConnection.class).getBackendPID();
		List<SnapshotHolder> holders = operations.inspect().snapshotHolders();
		assertThat(holders).anyMatch((holder) -> holder.pid() != null && holder.pid() == pid);
		return holders.stream()
			.filter((holder) -> holder.pid() != null && holder.pid() == pid)
			.findFirst()
			.orElseThrow();
	}

	private static Connection connect(TestDatabase database, String application) throws SQLException {
		PGSimpleDataSource dataSource = (PGSimpleDataSource) database.dataSource;
		Connection connection = DriverManager.getConnection(dataSource.getURL(), dataSource.getUser(),
				dataSource.getPassword());
		connection.setClientInfo("ApplicationName", application);
		return connection;
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
	}

}

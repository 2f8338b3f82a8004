package io.tasuki.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

import io.tasuki.SnapshotHolder;
import io.tasuki.SnapshotHolder.Kind;
import io.tasuki.localpostgres.EmbeddedPostgresServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who can hold a snapshot without being a session, on a server that allows it. */
class ServerSnapshotHoldersIntegrationTests {

	private static EmbeddedPostgresServer server;

	private static DriverManagerDataSource dataSource;

	private final JdbcTemplate jdbc = new JdbcTemplate(dataSource);

	private final PostgresDatabaseOperations operations = new PostgresDatabaseOperations(dataSource);

	@BeforeAll
	static void startServer() {
		server = EmbeddedPostgresServer.startTemporary(Map.of("max_prepared_transactions", "2"));
		dataSource = new DriverManagerDataSource(server.jdbcUrl("postgres"), server.username(), server.password());
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void namesAPreparedTransaction() { // B51
		this.jdbc.execute((Connection connection) -> {
			connection.setAutoCommit(false);
			connection.createStatement().execute("create table prepared ()");
			connection.createStatement().execute("prepare transaction 'order 7'");
			return null;
		});
		try {
			SnapshotHolder holder = await(Kind.PREPARED_TRANSACTION);
			assertThat(holder.name()).isEqualTo("order 7");
			assertThat(holder.pid()).isNull();
			assertThat(holder.age()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
		}
		finally {
			this.jdbc.execute("rollback prepared 'order 7'");
		}
	}

	@Test
	void namesAStandbyThatSendsFeedback() throws SQLException { // B51
		try (Connection standby = replicate("standby one")) {
			CopyDual stream = standby.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyDual("START_REPLICATION PHYSICAL " + writeAheadLog());
			sendFeedback(stream);
			SnapshotHolder holder = await(Kind.STANDBY);
			assertThat(holder.name()).isEqualTo("standby one");
			assertThat(holder.pid()).isEqualTo(standby.unwrap(PGConnection.class).getBackendPID());
			assertThat(holder.age()).isNull();
		}
	}

	@Test
	void namesASlotWhoseStandbyIsGone() throws SQLException { // B51
		this.jdbc.execute("select pg_create_physical_replication_slot('old_standby')");
		try (Connection standby = replicate("old standby")) {
			CopyDual stream = standby.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyDual("START_REPLICATION SLOT old_standby PHYSICAL " + writeAheadLog());
			sendFeedback(stream);
			assertThat(await(Kind.REPLICATION_SLOT).state()).isEqualTo("active");
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(await(Kind.REPLICATION_SLOT).state()).isEqualTo("inactive"));
		assertThat(await(Kind.REPLICATION_SLOT).name()).isEqualTo("old_standby");
		this.jdbc.execute("select pg_drop_replication_slot('old_standby')");
		assertThat(this.operations.inspect().snapshotHolders())
			.noneMatch((holder) -> holder.kind() == Kind.REPLICATION_SLOT);
	}

	private SnapshotHolder await(Kind kind) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.operations.inspect().snapshotHolders().stream().anyMatch((any) -> any.kind() == kind));
		return this.operations.inspect()
			.snapshotHolders()
			.stream()
			.filter((any) -> any.kind() == kind)
			.findFirst()
			.orElseThrow();
	}

	private String writeAheadLog() {
		return this.jdbc.queryForObject("select pg_current_wal_flush_lsn()::text", String.class);
	}

	private static Connection replicate(String standby) throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", server.username());
		properties.setProperty("password", server.password());
		properties.setProperty("replication", "true");
		properties.setProperty("assumeMinServerVersion", "14");
		properties.setProperty("preferQueryMode", "simple");
		properties.setProperty("ApplicationName", standby);
		return DriverManager.getConnection(server.jdbcUrl("postgres"), properties);
	}

	/** What a standby with hot_standby_feedback says about its oldest query. */
	private void sendFeedback(CopyDual stream) throws SQLException {
		Long oldest = this.jdbc.queryForObject("select txid_current()", Long.class);
		ByteBuffer message = ByteBuffer.allocate(25)
			.put((byte) 'h')
			.putLong(0)
			.putInt(Math.toIntExact(oldest))
			.putInt(0)
			.putInt(0)
			.putInt(0);
		stream.writeToCopy(message.array(), 0, message.capacity());
		stream.flushCopy();
	}

}

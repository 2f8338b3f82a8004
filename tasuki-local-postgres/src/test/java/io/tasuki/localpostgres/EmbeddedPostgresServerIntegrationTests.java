package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedPostgresServerIntegrationTests {

	@TempDir
	private Path folder;

	@Test
	void isAsDurableAsAProductionServer() throws SQLException {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.startTemporary()) {
			assertThat(query(server, "show fsync")).isEqualTo("on");
			assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
			assertThat(query(server, "show full_page_writes")).isEqualTo("on");
			assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
			assertThat(query(server, "show max_connections")).isEqualTo("200");
		}
	}

	@Test
	void listensOnLoopbackOnlyAndAsksForAPassword() throws SQLException {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.startTemporary()) {
			assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.username(), "wrong"))
				.withMessageContaining("password authentication failed");
		}
	}

	@Test
	void keepsDataInAReusedFolder() throws SQLException {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(this.folder)) {
			assertThat(server.createDatabase("app")).isTrue();
			execute(server, "create table note as select 'kept' as text");
		}
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(this.folder)) {
			assertThat(server.createDatabase("app")).isFalse();
			assertThat(query(server, "select text from note")).isEqualTo("kept");
		}
	}

	@Test
	void deletesATemporaryFolder() throws SQLException {
		Path data;
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.startTemporary()) {
			data = Path.of(query(server, "show data_directory"));
			assertThat(data).isDirectory();
		}
		assertThat(data.getParent()).doesNotExist();
	}

	@Test
	void refusesTheFolderOfARunningApplication() {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(this.folder)) {
			assertThatIllegalStateException().isThrownBy(() -> EmbeddedPostgresServer.start(this.folder))
				.withMessageContaining("still running");
			assertThat(server.processId()).isPositive();
		}
	}

	@Test
	void stopsTheOrphanOfAKilledProcess() throws Exception {
		Process owner = startInAnotherProcess(System.getenv("PATH"));
		ProcessHandle orphan = ProcessHandle.of(Long.parseLong(owner.inputReader().readLine())).orElseThrow();
		owner.destroyForcibly().waitFor();
		assertThat(isRunning(orphan)).isTrue();
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(this.folder)) {
			assertThat(isRunning(orphan)).isFalse();
			assertThat(query(server, "select text from note")).isEqualTo("kept");
		}
	}

	@Test
	@EnabledIf("isRootOnLinux")
	void runsAsRootWhereNamespacesAreForbidden() throws Exception {
		Path unshare = Files.writeString(this.folder.resolve("unshare"), "#!/bin/sh\nexit 1\n");
		assertThat(unshare.toFile().setExecutable(true)).isTrue();
		Process owner = startInAnotherProcess(this.folder + ":" + System.getenv("PATH"));
		ProcessHandle server = ProcessHandle.of(Long.parseLong(owner.inputReader().readLine())).orElseThrow();
		assertThat(server.info().user()).hasValue("nobody");
		owner.destroyForcibly().waitFor();
		try (EmbeddedPostgresServer again = EmbeddedPostgresServer.start(this.folder)) {
			assertThat(query(again, "select text from note")).isEqualTo("kept");
		}
	}

	@Test
	void leavesAnotherProgramAloneThatGotTheNumberOfADeadServer() throws Exception {
		EmbeddedPostgresServer.start(this.folder).close();
		long bystander = ProcessHandle.current().pid();
		Files.writeString(this.folder.resolve("data/postmaster.pid"), bystander + "\n/somewhere/else\n");
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(this.folder)) {
			assertThat(server.processId()).isNotEqualTo(bystander);
		}
	}

	@Test
	void recoversCommittedRowsAfterAnImmediateStop() throws SQLException {
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.startTemporary()) {
			int port = server.port();
			execute(server, "create table note as select 'kept' as text");
			server.stopImmediately();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> query(server, "select 1"));
			server.restart();
			assertThat(server.port()).isEqualTo(port);
			assertThat(query(server, "select text from note")).isEqualTo("kept");
		}
	}

	@Test
	void saysWhatTheServerLoggedWhenItDoesNotStart() throws IOException {
		EmbeddedPostgresServer.start(this.folder).close();
		Files.writeString(this.folder.resolve("data/PG_VERSION"), "9.6\n");
		assertThatIllegalStateException().isThrownBy(() -> EmbeddedPostgresServer.start(this.folder))
			.withMessageContaining("initialized by PostgreSQL version 9.6");
	}

	private Process startInAnotherProcess(String path) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(javaCommand(), "-cp", System.getProperty("java.class.path"),
				Owner.class.getName(), this.folder.toString());
		builder.environment().put("PATH", path);
		return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	static boolean isRootOnLinux() throws IOException {
		Path self = Path.of("/proc/self");
		return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
	}

	// A process that has ended counts as alive until its parent has asked for its result.
	private static boolean isRunning(ProcessHandle process) {
		return process.isAlive() && process.info().command().isPresent();
	}

	private static String javaCommand() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static String query(EmbeddedPostgresServer server, String sql) throws SQLException {
		try (Connection connection = connect(server);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			rows.next();
			return rows.getString(1);
		}
	}

	private static void execute(EmbeddedPostgresServer server, String sql) throws SQLException {
		try (Connection connection = connect(server); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
		return DriverManager.getConnection(server.jdbcUrl("postgres"), server.username(), server.password());
	}

	/** Starts a server and waits to be killed. */
	static final class Owner {

		private Owner() {
		}

		public static void main(String[] arguments) throws Exception {
			EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(arguments[0]));
			execute(server, "create table note as select 'kept' as text");
			System.out.println(server.processId());
			Thread.sleep(Duration.ofMinutes(5).toMillis());
		}

	}

}

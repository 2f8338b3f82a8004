package io.tasuki.localpostgres;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The PostgreSQL server that all tests of one JVM share, each in databases of its own. A
 * container where Docker answers, else {@link EmbeddedPostgresServer}; the system
 * property {@value #PROPERTY} forces one of them with {@code docker} or {@code embedded}.
 *
 * <p>
 * Safe for use by many threads.
 */
public final class TestPostgres {

	/** System property that chooses the server: auto, docker or embedded. */
	public static final String PROPERTY = "tasuki.test.postgres";

	private final Server server;

	private final AtomicInteger databases = new AtomicInteger();

	private TestPostgres(Server server) {
		this.server = server;
	}

	/**
	 * Returns the server of this JVM, started by the first call and stopped when the JVM
	 * ends. The first call prints which server it is.
	 */
	public static TestPostgres shared() {
		return Shared.INSTANCE;
	}

	/**
	 * Creates an empty database that no other caller gets.
	 */
	public Database freshDatabase() {
		String name = "test_" + this.databases.incrementAndGet();
		Database postgres = this.server.database("postgres");
		try (Connection connection = connect(postgres); Statement statement = connection.createStatement()) {
			statement.execute("create database " + name);
			return this.server.database(name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not create database " + name, ex);
		}
	}

	private void stop() {
		awaitNoConnections();
		this.server.stop();
	}

	// Other shutdown hooks run at the same time, Spring's among them, whose workers still
	// hand back their jobs.
	private void awaitNoConnections() {
		long deadline = System.nanoTime() + 3_000_000_000L;
		try (Connection connection = connect(this.server.database("postgres"));
				Statement statement = connection.createStatement()) {
			while (hasOtherConnections(statement) && System.nanoTime() < deadline) {
				Thread.sleep(50);
			}
		}
		catch (SQLException ex) {
			// The server is gone already.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static boolean hasOtherConnections(Statement statement) throws SQLException {
		try (ResultSet rows = statement.executeQuery("""
				select from pg_stat_activity
				where backend_type = 'client backend' and pid <> pg_backend_pid()
				""")) {
			return rows.next();
		}
	}

	private void announce() {
		try (Connection connection = connect(this.server.database("postgres"));
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("""
						select current_setting('server_version'), current_setting('fsync'),
								current_setting('synchronous_commit')
						""")) {
			rows.next();
			System.out.printf("Tests use PostgreSQL %s (%s, fsync %s, synchronous_commit %s)%n", rows.getString(1),
					this.server.name(), rows.getString(2), rows.getString(3));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("PostgreSQL does not answer", ex);
		}
	}

	private static Connection connect(Database database) throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	private static Server startServer() {
		String choice = System.getProperty(PROPERTY, "auto");
		return switch (choice) {
			case "docker" -> DockerServer.start(version());
			case "embedded" -> EmbeddedServer.start();
			case "auto" -> (isDockerThere()) ? DockerServer.start(version()) : EmbeddedServer.start();
			default -> throw new IllegalArgumentException(
					"%s must be auto, docker or embedded, not '%s'".formatted(PROPERTY, choice));
		};
	}

	// Testcontainers logs errors and waits when there is no trace of Docker at all.
	private static boolean isDockerThere() {
		boolean trace = System.getenv("DOCKER_HOST") != null || new File("/var/run/docker.sock").exists()
				|| new File(System.getProperty("user.home"), ".docker/run/docker.sock").exists()
				|| File.separatorChar == '\\';
		return trace && isTestcontainersThere() && DockerServer.isDockerThere();
	}

	private static boolean isTestcontainersThere() {
		try {
			Class.forName("org.testcontainers.postgresql.PostgreSQLContainer", false,
					TestPostgres.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	private static String version() {
		try (InputStream in = TestPostgres.class.getResourceAsStream("version.properties")) {
			Properties properties = new Properties();
			properties.load(in);
			return properties.getProperty("postgres");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A way to run the server. */
	interface Server {

		String name();

		Database database(String name);

		void stop();

	}

	private static final class Shared {

		static final TestPostgres INSTANCE = start();

		private static TestPostgres start() {
			TestPostgres postgres = new TestPostgres(startServer());
			Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop, "test-postgres-stop"));
			postgres.announce();
			return postgres;
		}

	}

	private record EmbeddedServer(EmbeddedPostgresServer server) implements Server {

		static Server start() {
			return new EmbeddedServer(EmbeddedPostgresServer.startTemporary());
		}

		@Override
		public String name() {
			return "embedded";
		}

		@Override
		public Database database(String name) {
			return new Database(this.server.jdbcUrl(name), this.server.username(), this.server.password());
		}

		@Override
		public void stop() {
			this.server.close();
		}

	}

}

package io.tasuki.localpostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of this process, from the binaries on the class path. It listens on
 * 127.0.0.1 and a free port, and is as durable as a production server. No JVM shutdown
 * hook stops it: whoever starts it closes it.
 *
 * <p>
 * Safe for use by many threads.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

	private static final String USERNAME = "postgres";

	private static final Map<String, String> DEFAULT_SETTINGS = Map.of("fsync", "on", "synchronous_commit", "on",
			"full_page_writes", "on", "max_connections", "200", "shared_buffers", "256MB", "timezone", "UTC");

	private final Path folder;

	private final boolean temporary;

	private final FolderLock lock;

	private final PostgresPrograms programs;

	private final Map<String, String> settings;

	private final String password;

	private final int port;

	private boolean closed;

	private EmbeddedPostgresServer(Path folder, boolean temporary, FolderLock lock, Map<String, String> settings)
			throws IOException {
		this.folder = folder;
		this.temporary = temporary;
		this.lock = lock;
		this.programs = PostgresPrograms.find();
		this.settings = new LinkedHashMap<>(DEFAULT_SETTINGS);
		this.settings.putAll(settings);
		this.password = readOrCreatePassword();
		this.port = findFreePort();
	}

	/**
	 * Starts a server whose data stay in the folder when it is closed.
	 * @param dataDirectory folder of the server; created if absent, reused with its data
	 * if not
	 * @return the running server
	 * @throws IllegalStateException if a running application uses the folder, or if the
	 * server does not start; the message holds what the server logged
	 */
	public static EmbeddedPostgresServer start(Path dataDirectory) {
		return start(dataDirectory, Map.of());
	}

	/**
	 * Starts a server whose data stay in the folder when it is closed.
	 * @param dataDirectory folder of the server; created if absent, reused with its data
	 * if not
	 * @param settings server settings beyond or instead of the usual ones, such as
	 * {@code max_connections}
	 * @return the running server
	 * @throws IllegalStateException if a running application uses the folder, or if the
	 * server does not start; the message holds what the server logged
	 */
	public static EmbeddedPostgresServer start(Path dataDirectory, Map<String, String> settings) {
		try {
			Path folder = Folders.createPrivate(dataDirectory.toAbsolutePath().normalize());
			FolderLock lock = FolderLock.tryLock(folder)
				.orElseThrow(() -> new IllegalStateException(
						"The PostgreSQL in %s belongs to another application that is still running".formatted(folder)));
			return start(folder, false, lock, settings);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Could not start PostgreSQL in " + dataDirectory, ex);
		}
	}

	/**
	 * Starts a server with a new folder, which is deleted when the server is closed.
	 * @return the running server
	 * @throws IllegalStateException if the server does not start; the message holds what
	 * the server logged
	 */
	public static EmbeddedPostgresServer startTemporary() {
		return startTemporary(Map.of());
	}

	/**
	 * Starts a server with a new folder, which is deleted when the server is closed.
	 * @param settings server settings beyond or instead of the usual ones, such as
	 * {@code max_connections}
	 * @return the running server
	 * @throws IllegalStateException if the server does not start; the message holds what
	 * the server logged
	 */
	public static EmbeddedPostgresServer startTemporary(Map<String, String> settings) {
		try {
			Path folder = TemporaryFolders.create();
			FolderLock lock = FolderLock.tryLock(folder).orElseThrow();
			return start(folder, true, lock, settings);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Could not start a temporary PostgreSQL", ex);
		}
	}

	private static EmbeddedPostgresServer start(Path folder, boolean temporary, FolderLock lock,
			Map<String, String> settings) throws IOException {
		try {
			EmbeddedPostgresServer server = new EmbeddedPostgresServer(folder, temporary, lock, settings);
			server.stopOrphan();
			server.initialize();
			server.start();
			return server;
		}
		catch (IOException | RuntimeException ex) {
			lock.close();
			throw ex;
		}
	}

	/**
	 * Returns the URL under which the driver finds a database of this server, without
	 * user and password.
	 */
	public String jdbcUrl(String database) {
		return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(this.port, database);
	}

	/**
	 * Returns the name of the server's superuser.
	 */
	public String username() {
		return USERNAME;
	}

	/**
	 * Returns the superuser's password: random, and the same for the life of the folder.
	 */
	public String password() {
		return this.password;
	}

	/**
	 * Returns the port on 127.0.0.1, the same for the life of this object.
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Returns the process id of the server.
	 * @throws IllegalStateException if the server is not running
	 */
	public long processId() {
		return process().orElseThrow(() -> new IllegalStateException("The server is not running")).pid();
	}

	/**
	 * Creates an empty database, unless it exists.
	 * @param name letters, digits and underscores
	 * @return whether the database was created
	 */
	public synchronized boolean createDatabase(String name) {
		if (!name.matches("\\w{1,63}")) {
			throw new IllegalArgumentException("Not a simple database name: " + name);
		}
		try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), USERNAME, this.password);
				Statement statement = connection.createStatement()) {
			if (statement.executeQuery("select from pg_database where datname = '%s'".formatted(name)).next()) {
				return false;
			}
			statement.execute("create database \"%s\"".formatted(name));
			return true;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not create database " + name, ex);
		}
	}

	/**
	 * Ends the server at once and without a checkpoint, as a crash does; it recovers at
	 * the next {@link #restart()}. Does nothing when the server is not running.
	 */
	public synchronized void stopImmediately() {
		try {
			if (process().isPresent()) {
				this.programs.stop(data(), "immediate");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the server on the same folder and port, after it has been stopped if it is
	 * running.
	 * @throws IllegalStateException if this object is closed or the server does not start
	 */
	public synchronized void restart() {
		if (this.closed) {
			throw new IllegalStateException("This server is closed");
		}
		try {
			stop();
			start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stops the server, cutting its connections, and returns when it has ended. Does
	 * nothing the second time.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			// Whose folder is deleted needs no checkpoint, which a slow disk makes last
			// longer
			// than a JVM may take to end.
			if (this.temporary) {
				stopImmediately();
			}
			stop();
			this.lock.close();
			if (this.temporary) {
				Folders.delete(this.folder);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void stopOrphan() throws IOException {
		Optional<ProcessHandle> orphan = ServerProcess.find(data());
		if (orphan.isPresent()) {
			logger.info("Stopping PostgreSQL (process {}) that was left behind in {}", orphan.get().pid(), this.folder);
			stop();
		}
	}

	// Under another name until it is complete, so that an interrupted first start leaves
	// nothing that the next one would take for a database.
	private void initialize() throws IOException {
		if (Files.exists(data())) {
			return;
		}
		Path unfinished = this.folder.resolve("data.unfinished");
		Folders.delete(unfinished);
		this.programs.initialize(unfinished, passwordFile(), USERNAME);
		Files.writeString(unfinished.resolve("postgresql.conf"), "include = 'local.conf'\n", StandardOpenOption.APPEND);
		Files.move(unfinished, data());
	}

	private void start() throws IOException {
		Files.writeString(data().resolve("local.conf"), configuration());
		try {
			this.programs.start(data(), log());
		}
		catch (IOException ex) {
			throw new IllegalStateException(
					"PostgreSQL did not start in %s: %s".formatted(this.folder, lastLinesOfLog()), ex);
		}
	}

	private String configuration() {
		Map<String, String> all = new LinkedHashMap<>(this.settings);
		all.put("port", Integer.toString(this.port));
		all.put("listen_addresses", "127.0.0.1");
		all.put("unix_socket_directories", "");
		return all.entrySet()
			.stream()
			.map((setting) -> "%s = '%s'\n".formatted(setting.getKey(), setting.getValue()))
			.collect(Collectors.joining());
	}

	private String lastLinesOfLog() throws IOException {
		if (!Files.exists(log())) {
			return "it logged nothing";
		}
		List<String> lines = Files.readAllLines(log());
		return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
	}

	private void stop() throws IOException {
		if (process().isEmpty()) {
			return;
		}
		try {
			this.programs.stop(data(), "fast");
		}
		catch (IOException ex) {
			logger.warn("PostgreSQL in {} does not stop, ending it at once", this.folder, ex);
			this.programs.stop(data(), "immediate");
		}
	}

	private Optional<ProcessHandle> process() {
		try {
			return ServerProcess.find(data());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String readOrCreatePassword() throws IOException {
		if (!Files.exists(passwordFile())) {
			byte[] random = new byte[16];
			new SecureRandom().nextBytes(random);
			Folders.writePrivate(passwordFile(), HexFormat.of().formatHex(random));
		}
		return Files.readString(passwordFile()).strip();
	}

	private static int findFreePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			return socket.getLocalPort();
		}
	}

	private Path data() {
		return this.folder.resolve("data");
	}

	private Path log() {
		return this.folder.resolve("server.log");
	}

	private Path passwordFile() {
		return this.folder.resolve("password");
	}

}

package io.tasuki.localpostgres;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL in a container. Apart from {@link TestPostgres}, because Testcontainers
 * may be absent.
 *
 * @param container the running container
 */
record DockerServer(PostgreSQLContainer container) implements TestPostgres.Server {

	static boolean isDockerThere() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	// The command replaces that of Testcontainers, which turns fsync off.
	@SuppressWarnings("resource")
	static TestPostgres.Server start(String version) {
		PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + imageTag(version))
			.withDatabaseName("postgres")
			.withCommand("postgres", "-c", "max_connections=200", "-c", "shared_buffers=256MB");
		container.start();
		return new DockerServer(container);
	}

	static String imageTag(String version) {
		return version.replaceFirst("^(\\d+\\.\\d+)\\.0$", "$1");
	}

	@Override
	public String name() {
		return "container " + this.container.getDockerImageName();
	}

	@Override
	public Database database(String name) {
		String url = "jdbc:postgresql://%s:%d/%s".formatted(this.container.getHost(),
				this.container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), name);
		return new Database(url, this.container.getUsername(), this.container.getPassword());
	}

	@Override
	public void stop() {
		this.container.stop();
	}

}

package io.tasuki.sample.database;

import java.nio.file.Path;

import io.tasuki.localpostgres.EmbeddedPostgresServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Starts a PostgreSQL and tells Spring Boot how to connect to it. Every connection pool
 * is made from the connection details and therefore closed before the server is.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnNoDatabaseUrl.class)
class LocalDatabaseConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(LocalDatabaseConfiguration.class);

	private static final String DATABASE = "photos";

	@Bean(destroyMethod = "close")
	EmbeddedPostgresServer localPostgres(@Value("${sample.data-directory}") Path dataDirectory) {
		logger.info("No spring.datasource.url: starting a PostgreSQL of its own, with its data in {}", dataDirectory);
		EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dataDirectory);
		server.createDatabase(DATABASE);
		return server;
	}

	@Bean
	JdbcConnectionDetails localPostgresConnectionDetails(EmbeddedPostgresServer server) {
		return new LocalConnectionDetails(server.jdbcUrl(DATABASE), server.username(), server.password());
	}

	private record LocalConnectionDetails(String getJdbcUrl, String getUsername,
			String getPassword) implements JdbcConnectionDetails {

	}

}

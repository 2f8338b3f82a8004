package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import io.tasuki.autoconfigure.TasukiProperties.Jdbc;
import io.tasuki.postgres.PromptSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.ClassUtils;

/**
 * Makes a data source for the worker's own connections. They keep settings of their own
 * for hours, and must not wait until the application's pool has one to spare. It has no
 * pool: whoever takes a connection keeps it.
 */
final class EngineDataSourceFactory {

	static final String NAME = "tasuki";

	static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			EngineDataSourceFactory.class.getClassLoader());

	private static final Logger logger = LoggerFactory.getLogger(EngineDataSourceFactory.class);

	private final Jdbc settings;

	EngineDataSourceFactory(Jdbc settings) {
		this.settings = settings;
	}

	/**
	 * Makes a data source to the same database.
	 * @param queue the application's
	 * @param details how the application connects; {@code null} if unknown, or if it is
	 * not known to be this data source's
	 */
	DataSource create(DataSource queue, @Nullable JdbcConnectionDetails details) {
		DataSource likePool = HIKARI ? HikariEngineDataSource.like(queue, properties()) : null;
		if (likePool != null) {
			return likePool;
		}
		if (details != null) {
			return of(details);
		}
		logger.warn("The worker takes its connections from the application's DataSource, because no other could be"
				+ " made from it: it keeps three of them, and waits when there is none. Annotate a DataSource bean of"
				+ " the same database with @TasukiEngineDataSource to give it its own");
		return queue;
	}

	private DataSource of(JdbcConnectionDetails details) {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(details.getJdbcUrl());
		dataSource.setUsername(details.getUsername());
		dataSource.setPassword(details.getPassword());
		dataSource.setConnectionProperties(properties());
		return dataSource;
	}

	private Properties properties() {
		Properties properties = new Properties();
		properties.setProperty("ApplicationName", NAME);
		properties.setProperty("connectTimeout", seconds(this.settings.connectTimeout()));
		// The whole way to a connection, of which the driver's connectTimeout is the
		// first part.
		properties.setProperty("loginTimeout", seconds(this.settings.connectTimeout()));
		properties.setProperty("socketTimeout", seconds(this.settings.socketTimeout()));
		properties.setProperty("tcpKeepAlive", "true");
		if (PromptSocketFactory.isKnownToDriver()) {
			properties.setProperty("socketFactory", PromptSocketFactory.class.getName());
		}
		return properties;
	}

	private static String seconds(Duration duration) {
		return Long.toString(Math.max(1, duration.toSeconds()));
	}

}

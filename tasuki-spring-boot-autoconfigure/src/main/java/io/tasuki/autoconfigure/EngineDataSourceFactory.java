package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.autoconfigure.TasukiProperties.Jdbc;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Makes a data source for the worker's own connections. They hold settings of their own
 * for hours, and must not wait until the application's pool has one to spare.
 */
final class EngineDataSourceFactory {

	private static final String NAME = "tasuki";

	// The claimer, the completer, the listener, the sender of wake-ups, the janitor.
	private static final int CONNECTIONS = 5;

	private final Jdbc settings;

	EngineDataSourceFactory(Jdbc settings) {
		this.settings = settings;
	}

	/**
	 * Makes a small pool that connects as this one does and shares nothing with it.
	 */
	HikariDataSource like(HikariDataSource application) {
		HikariConfig config = new HikariConfig();
		copyConnection(application, config);
		config.setPoolName(NAME);
		config.setMaximumPoolSize(CONNECTIONS);
		config.setMinimumIdle(0);
		config.setInitializationFailTimeout(-1);
		config.setConnectionTimeout(this.settings.connectTimeout().toMillis());
		connectionProperties().forEach((name, value) -> config.addDataSourceProperty((String) name, value));
		return new HikariDataSource(config);
	}

	// Not HikariConfig.copyStateTo: the copy would share its properties with the
	// original.
	private static void copyConnection(HikariDataSource from, HikariConfig to) {
		to.setDataSource(from.getDataSource());
		to.setDataSourceJNDI(from.getDataSourceJNDI());
		to.setDataSourceClassName(from.getDataSourceClassName());
		if (from.getDriverClassName() != null) {
			to.setDriverClassName(from.getDriverClassName());
		}
		to.setJdbcUrl(from.getJdbcUrl());
		to.setUsername(from.getUsername());
		to.setPassword(from.getPassword());
		to.setCredentialsProvider(from.getCredentialsProvider());
		to.setDataSourceProperties(from.getDataSourceProperties());
		// It may choose the role that may see the tables; a schema or a catalog would
		// change nothing, for every statement names its schema.
		to.setConnectionInitSql(from.getConnectionInitSql());
		to.setConnectionTestQuery(from.getConnectionTestQuery());
		to.setExceptionOverride(from.getExceptionOverride());
		to.setValidationTimeout(Math.min(from.getValidationTimeout(), 5_000));
		to.setMaxLifetime(from.getMaxLifetime());
		to.setKeepaliveTime(from.getKeepaliveTime());
	}

	/**
	 * Makes a data source that opens a connection each time it is asked: the worker keeps
	 * its connections, so no pool is needed for them.
	 */
	DataSource of(JdbcConnectionDetails details) {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(details.getJdbcUrl());
		dataSource.setUsername(details.getUsername());
		dataSource.setPassword(details.getPassword());
		dataSource.setConnectionProperties(connectionProperties());
		return dataSource;
	}

	private Properties connectionProperties() {
		Properties properties = new Properties();
		properties.setProperty("ApplicationName", NAME);
		properties.setProperty("connectTimeout", seconds(this.settings.connectTimeout()));
		properties.setProperty("socketTimeout", seconds(this.settings.socketTimeout()));
		properties.setProperty("tcpKeepAlive", "true");
		return properties;
	}

	private static String seconds(Duration duration) {
		return Long.toString(Math.max(1, duration.toSeconds()));
	}

}

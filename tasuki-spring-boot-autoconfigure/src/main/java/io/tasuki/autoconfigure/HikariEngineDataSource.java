package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceUnwrapper;

/**
 * A small pool that connects as the application's pool does and shares nothing with it.
 */
final class HikariEngineDataSource {

	// The claimer, the completer, the charger of suspects, the listener, the sender of
	// wake-ups, the janitor, and room for a broken one that is not yet gone.
	private static final int CONNECTIONS = 8;

	private static final long LONGEST_VALIDATION = Duration.ofSeconds(5).toMillis();

	private HikariEngineDataSource() {
	}

	/**
	 * Makes a pool.
	 * @param application a Hikari pool, however wrapped
	 * @param connectTimeout longest wait for a connection
	 * @param properties further properties of the connections
	 * @return {@code null} if there is no Hikari pool in the data source
	 */
	static @Nullable HikariDataSource like(DataSource application, Duration connectTimeout, Properties properties) {
		HikariDataSource pool = unwrap(application);
		if (pool == null) {
			return null;
		}
		HikariConfig config = new HikariConfig();
		copyConnection(pool, config);
		config.setPoolName(EngineDataSourceFactory.NAME);
		config.setMaximumPoolSize(CONNECTIONS);
		config.setMinimumIdle(0);
		config.setInitializationFailTimeout(-1);
		config.setConnectionTimeout(connectTimeout.toMillis());
		config.getDataSourceProperties().putAll(properties);
		return new HikariDataSource(config);
	}

	static @Nullable HikariDataSource unwrap(DataSource application) {
		return DataSourceUnwrapper.unwrap(application, HikariConfigMXBean.class, HikariDataSource.class);
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
		to.getDataSourceProperties().putAll(from.getDataSourceProperties());
		// It may choose the role that may see the tables. A schema would change nothing:
		// every statement names its own.
		to.setConnectionInitSql(from.getConnectionInitSql());
		to.setConnectionTestQuery(from.getConnectionTestQuery());
		to.setExceptionOverride(from.getExceptionOverride());
		to.setValidationTimeout(Math.min(from.getValidationTimeout(), LONGEST_VALIDATION));
		to.setMaxLifetime(from.getMaxLifetime());
		to.setKeepaliveTime(from.getKeepaliveTime());
	}

}

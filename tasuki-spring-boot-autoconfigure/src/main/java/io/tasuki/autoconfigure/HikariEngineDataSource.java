package io.tasuki.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.PropertyElf;
import io.tasuki.postgres.InitializingDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.lookup.JndiDataSourceLookup;
import org.springframework.util.ClassUtils;

/**
 * Connects as the application's Hikari pool does, but without a pool: each connection is
 * a physical one, and closing it ends it. A pool would add its own pauses between two
 * tries to reach a database that was away, and so let a worker come back too late for its
 * leases.
 */
final class HikariEngineDataSource extends AbstractDataSource {

	private static final String SOCKET_FACTORY = "socketFactory";

	private final HikariDataSource application;

	private final DataSource target;

	private HikariEngineDataSource(HikariDataSource application, DataSource target) {
		this.application = application;
		this.target = target;
	}

	/**
	 * Makes a data source.
	 * @param application a Hikari pool, however wrapped
	 * @param properties further properties of the connections, unless the pool has a data
	 * source that somebody made
	 * @return {@code null} if there is no Hikari pool in the data source
	 */
	static @Nullable DataSource like(DataSource application, Properties properties) {
		HikariDataSource pool = unwrap(application);
		return (pool != null) ? like(pool, properties) : null;
	}

	// A schema of the pool's is left out and would change nothing: every statement names
	// its own.
	private static DataSource like(HikariDataSource pool, Properties properties) {
		DataSource engine = new HikariEngineDataSource(pool, target(pool, properties));
		String sql = pool.getConnectionInitSql();
		return (sql != null) ? new InitializingDataSource(engine, sql) : engine;
	}

	static @Nullable HikariDataSource unwrap(DataSource application) {
		return DataSourceUnwrapper.unwrap(application, HikariConfigMXBean.class, HikariDataSource.class);
	}

	// The order in which Hikari chooses.
	private static DataSource target(HikariDataSource pool, Properties properties) {
		if (pool.getDataSource() != null) {
			return pool.getDataSource();
		}
		Properties all = new Properties();
		all.putAll(pool.getDataSourceProperties());
		all.putAll(properties);
		// Without the application's own, some clouds' databases cannot be reached.
		Object socketFactory = pool.getDataSourceProperties().get(SOCKET_FACTORY);
		if (socketFactory != null) {
			all.put(SOCKET_FACTORY, socketFactory);
		}
		if (pool.getDataSourceClassName() != null) {
			return ofClass(pool.getDataSourceClassName(), all);
		}
		return (pool.getJdbcUrl() != null) ? ofDriver(pool, all)
				: new JndiDataSourceLookup().getDataSource(pool.getDataSourceJNDI());
	}

	private static DataSource ofClass(String className, Properties properties) {
		DataSource dataSource = (DataSource) BeanUtils.instantiateClass(ClassUtils.resolveClassName(className, null));
		PropertyElf.setTargetFromProperties(dataSource, properties);
		return dataSource;
	}

	private static DataSource ofDriver(HikariDataSource pool, Properties properties) {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(pool.getJdbcUrl());
		if (pool.getDriverClassName() != null) {
			dataSource.setDriverClassName(pool.getDriverClassName());
		}
		dataSource.setConnectionProperties(properties);
		return dataSource;
	}

	// Asked for each time: passwords are changed, and tokens run out.
	@Override
	public Connection getConnection() throws SQLException {
		Credentials credentials = credentials();
		return (credentials.getUsername() != null)
				? this.target.getConnection(credentials.getUsername(), credentials.getPassword())
				: this.target.getConnection();
	}

	private Credentials credentials() {
		HikariCredentialsProvider provider = this.application.getCredentialsProvider();
		return (provider != null) ? provider.getCredentials() : this.application.getCredentials();
	}

	@Override
	public Connection getConnection(String username, String password) {
		throw new UnsupportedOperationException("The user is the application's own");
	}

}

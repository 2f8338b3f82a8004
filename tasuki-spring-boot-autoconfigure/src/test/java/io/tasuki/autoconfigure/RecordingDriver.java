package io.tasuki.autoconfigure;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/** Connects to nothing, and remembers how it was asked to and what was called then. */
final class RecordingDriver implements Driver, AutoCloseable {

	static final String URL = "jdbc:recording://localhost/app";

	private final List<Properties> logins = new ArrayList<>();

	private final List<String> calls = new ArrayList<>();

	private @Nullable SQLException failure;

	/** Creates a driver that is the one for its URL until it is closed. */
	RecordingDriver() throws SQLException {
		DriverManager.registerDriver(this);
	}

	@Override
	public @Nullable Connection connect(String url, Properties info) throws SQLException {
		if (!acceptsURL(url)) {
			return null;
		}
		this.logins.add(info);
		if (this.failure != null) {
			throw this.failure;
		}
		return connection();
	}

	Connection connection() {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					this.calls.add(method.getName());
					return method.getName().equals("createStatement") ? statement() : null;
				});
	}

	private Statement statement() {
		return (Statement) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Statement.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("execute")) {
						this.calls.add(String.valueOf(arguments[0]));
						if (arguments[0].equals("fail")) {
							throw new SQLException("as asked", "42000");
						}
						return false;
					}
					return null;
				});
	}

	/** Refuses every further connection. */
	void refuse(SQLException failure) {
		this.failure = failure;
	}

	List<Properties> logins() {
		return this.logins;
	}

	/** Returns what was called on connections, and statements that were executed. */
	List<String> calls() {
		return this.calls;
	}

	@Override
	public boolean acceptsURL(String url) {
		return url.equals(URL);
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
		return new DriverPropertyInfo[0];
	}

	@Override
	public int getMajorVersion() {
		return 1;
	}

	@Override
	public int getMinorVersion() {
		return 0;
	}

	@Override
	public boolean jdbcCompliant() {
		return false;
	}

	@Override
	public Logger getParentLogger() throws SQLFeatureNotSupportedException {
		throw new SQLFeatureNotSupportedException();
	}

	@Override
	public void close() throws SQLException {
		DriverManager.deregisterDriver(this);
	}

}

package io.tasuki.histories;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.tasuki.localpostgres.Database;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections that break when they are told to. Behind them is always the same one, so
 * that breaking costs nothing.
 */
final class BreakableDataSource extends AbstractDataSource implements AutoCloseable {

	private final Connection connection;

	private Fault fault = Fault.NONE;

	BreakableDataSource(Database database) throws SQLException {
		this.connection = DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

	/** Decides about the next statement that concerns jobs. */
	void decide(Fault fault) {
		this.fault = fault;
	}

	@Override
	public Connection getConnection() {
		return proxy(Connection.class, this::onConnection);
	}

	@Override
	public Connection getConnection(String username, String password) {
		throw new UnsupportedOperationException();
	}

	private @Nullable Object onConnection(Method method, Object @Nullable [] arguments) throws Throwable {
		return switch (method.getName()) {
			case "abort", "close" -> giveBack();
			case "commit" -> commit();
			case "prepareStatement" -> prepare(method, arguments);
			default -> invoke(this.connection, method, arguments);
		};
	}

	private @Nullable Object giveBack() throws SQLException {
		if (!this.connection.getAutoCommit()) {
			this.connection.rollback();
			this.connection.setAutoCommit(true);
		}
		return null;
	}

	private @Nullable Object commit() throws SQLException {
		this.connection.commit();
		if (this.fault == Fault.ANSWER_LOST) {
			throw broken();
		}
		return null;
	}

	private @Nullable Object prepare(Method method, Object @Nullable [] arguments) throws Throwable {
		Object statement = invoke(this.connection, method, arguments);
		if (this.fault == Fault.NONE || arguments == null || !arguments[0].toString().contains("tasuki.job")) {
			return statement;
		}
		return proxy(PreparedStatement.class, (any, its) -> onStatement((PreparedStatement) statement, any, its));
	}

	private @Nullable Object onStatement(@Nullable PreparedStatement statement, Method method,
			Object @Nullable [] arguments) throws Throwable {
		if (!method.getName().startsWith("execute")) {
			return invoke(statement, method, arguments);
		}
		if (this.fault == Fault.REFUSED) {
			this.fault = Fault.NONE;
			throw new SQLException("Refused by the test", "40001");
		}
		if (this.fault == Fault.UNHEARD) {
			throw broken();
		}
		Object answer = invoke(statement, method, arguments);
		if (this.fault == Fault.ANSWER_LOST && this.connection.getAutoCommit()) {
			throw broken();
		}
		return answer;
	}

	private SQLException broken() {
		this.fault = Fault.NONE;
		return new SQLException("Connection broken by the test", "08006");
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	private static @Nullable Object invoke(@Nullable Object target, Method method, Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static <T> T proxy(Class<T> type, Call call) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(self, method, arguments) -> call.run(method, arguments)));
	}

	private interface Call {

		@Nullable Object run(Method method, Object @Nullable [] arguments) throws Throwable;

	}

}

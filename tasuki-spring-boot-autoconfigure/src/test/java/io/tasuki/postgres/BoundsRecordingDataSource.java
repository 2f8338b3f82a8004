package io.tasuki.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Looks, before each statement, how long the server would let it run and wait. */
final class BoundsRecordingDataSource extends DelegatingDataSource {

	private final Queue<Bounded> statements = new ConcurrentLinkedQueue<>();

	BoundsRecordingDataSource(DataSource dataSource) {
		super(dataSource);
	}

	Queue<Bounded> statements() {
		return this.statements;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		return proxy(Connection.class, (method, arguments) -> {
			Object result = invoke(connection, method, arguments);
			if (method.getName().equals("prepareStatement") && arguments != null) {
				return proxy(PreparedStatement.class,
						recording(connection, (PreparedStatement) result, (String) arguments[0]));
			}
			return (method.getName().equals("createStatement"))
					? proxy(Statement.class, recording(connection, (Statement) result, null)) : result;
		});
	}

	private Call recording(Connection connection, Statement statement, @Nullable String prepared) {
		return (method, arguments) -> {
			if (method.getName().startsWith("execute")) {
				String sql = (prepared == null && arguments != null) ? (String) arguments[0] : String.valueOf(prepared);
				this.statements.add(look(connection, sql));
			}
			return invoke(statement, method, arguments);
		};
	}

	private static Bounded look(Connection connection, String sql) throws SQLException {
		try (Statement look = connection.createStatement();
				ResultSet row = look
					.executeQuery("select current_setting('lock_timeout'), current_setting('statement_timeout')")) {
			row.next();
			return new Bounded(sql, row.getString(1), row.getString(2));
		}
	}

	private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static <T> T proxy(Class<T> type, Call call) {
		return type.cast(Proxy.newProxyInstance(BoundsRecordingDataSource.class.getClassLoader(),
				new Class<?>[] { type }, (proxy, method, arguments) -> call.answer(method, arguments)));
	}

	private interface Call {

		@Nullable Object answer(Method method, Object @Nullable [] arguments) throws Throwable;

	}

	/** A statement, and the bounds that stood when it began. */
	record Bounded(String sql, String lockTimeout, String statementTimeout) {

		boolean isBounded() {
			return !this.lockTimeout.equals("0") && !this.statementTimeout.equals("0");
		}

		/** Bounds cannot stand before they are set. */
		boolean setsBounds() {
			return this.sql.startsWith("select set_config(")
					|| this.sql.startsWith("select name, current_setting(name)");
		}

	}

}

package io.tasuki.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source whose database can be made to go away and come back. */
final class OutageDataSource extends DelegatingDataSource {

	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicInteger answersToLose = new AtomicInteger();

	private final AtomicInteger completionsToLose = new AtomicInteger();

	private volatile boolean away;

	OutageDataSource(DataSource dataSource) {
		super(dataSource);
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.away) {
			this.refused.incrementAndGet();
			throw new SQLException("Connection refused by the test", "08001");
		}
		Connection connection = super.getConnection();
		this.connections.add(connection);
		if (this.away) {
			cut(connection);
		}
		return proxy(Connection.class, connection, (method, result, arguments) -> {
			if (method.equals("commit")) {
				return loseAnswer(this.completionsToLose, result);
			}
			AtomicInteger toLose = method.equals("prepareStatement") ? toLose(arguments) : null;
			return (toLose != null) ? proxy(PreparedStatement.class, (PreparedStatement) result,
					(execute, answer, none) -> (execute.startsWith("execute") && connection.getAutoCommit())
							? loseAnswer(toLose, answer) : answer)
					: result;
		});
	}

	private @Nullable AtomicInteger toLose(Object @Nullable [] arguments) {
		String sql = (arguments != null) ? arguments[0].toString() : "";
		if (sql.contains("attempt + 1 else attempt")) {
			return this.answersToLose;
		}
		return (sql.contains("insert into tasuki.job_") || sql.contains("held.crashes_left")) ? this.completionsToLose
				: null;
	}

	private @Nullable Object loseAnswer(AtomicInteger toLose, @Nullable Object result) throws SQLException {
		if (toLose.getAndUpdate((left) -> Math.max(left - 1, 0)) > 0) {
			this.connections.forEach(OutageDataSource::cut);
			throw new SQLException("Connection cut by the test", "08006");
		}
		return result;
	}

	/**
	 * Cuts the connection after the next claims, before anybody has read their answers.
	 */
	void loseAnswersOfClaims(int claims) {
		this.answersToLose.set(claims);
	}

	/**
	 * Cuts the connection after the next outcomes were recorded, before anybody has read
	 * the answer.
	 */
	void loseAnswersOfCompletions(int completions) {
		this.completionsToLose.set(completions);
	}

	/** Cuts every connection and refuses others. */
	void goAway() {
		this.away = true;
		this.connections.forEach(OutageDataSource::cut);
		this.connections.clear();
	}

	void comeBack() {
		this.away = false;
	}

	/** Returns how many connections were asked for in vain. */
	int refused() {
		return this.refused.get();
	}

	private static <T> T proxy(Class<T> type, T target, Answer answer) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				try {
					return answer.change(method.getName(), method.invoke(target, arguments), arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	private static void cut(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			// Cut is what it was to be.
		}
	}

	/** What becomes of what a method returned. */
	private interface Answer {

		@Nullable Object change(String method, @Nullable Object result, Object @Nullable [] arguments) throws SQLException;

	}

}

package io.tasuki.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source whose database can go away, and that can be deaf like some poolers. */
final class InterruptibleDataSource extends DelegatingDataSource {

	final AtomicInteger opened = new AtomicInteger();

	private final List<Connection> open = new CopyOnWriteArrayList<>();

	private volatile boolean away;

	private volatile boolean deaf;

	InterruptibleDataSource(DataSource target) {
		super(target);
	}

	void goAway() throws SQLException {
		this.away = true;
		for (Connection connection : this.open) {
			connection.abort(Runnable::run);
		}
		this.open.clear();
	}

	void comeBack() {
		this.away = false;
	}

	/** Passes on everything but the wish to listen. */
	void turnDeaf() {
		this.deaf = true;
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.opened.incrementAndGet();
		if (this.away) {
			throw new SQLException("the database is away", "08001");
		}
		Connection connection = super.getConnection();
		this.open.add(connection);
		return (this.deaf) ? deaf(connection) : connection;
	}

	private static Connection deaf(Connection connection) {
		return proxy(Connection.class, connection,
				(result) -> (result instanceof Statement statement && !(result instanceof PreparedStatement))
						? proxy(Statement.class, statement, (any) -> any) : result);
	}

	private static <T> T proxy(Class<T> type, T target, UnaryOperator<Object> wrap) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, arguments) -> {
				if (method.getName().equals("execute") && arguments[0].toString().endsWith("\nlisten tasuki")) {
					return false;
				}
				try {
					Object result = method.invoke(target, arguments);
					return (result != null) ? wrap.apply(result) : null;
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

}

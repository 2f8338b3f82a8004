package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.tasuki.EnqueueRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleConnectionHandle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction of the calling thread, as far as it covers the queue's data source, and
 * a connection inside it; else a connection and a transaction of one's own.
 */
final class CallersTransaction {

	private static final String ALLOW_PROPERTY = "tasuki.client.allow-unrelated-transaction";

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private final DataSource dataSource;

	private final DataSource target;

	private final TransactionProbe probe;

	private final boolean allowUnrelated;

	private final UnfitConnections unfit;

	private final StatementTimeouts timeouts;

	private final SQLExceptionTranslator translator = new SQLExceptionSubclassTranslator();

	CallersTransaction(DataSource dataSource, boolean allowUnrelated, ConnectionEviction eviction) {
		this(dataSource, allowUnrelated, eviction, TIMEOUT);
	}

	/**
	 * Creates a view of the calling thread's transaction.
	 * @param timeout longest a statement on a connection of its own may run or wait
	 */
	CallersTransaction(DataSource dataSource, boolean allowUnrelated, ConnectionEviction eviction, Duration timeout) {
		this.dataSource = withoutTransactionAwareness(dataSource);
		this.target = targetOf(dataSource);
		this.probe = new TransactionProbe(this.dataSource);
		this.allowUnrelated = allowUnrelated;
		this.unfit = new UnfitConnections(eviction);
		this.timeouts = new StatementTimeouts(timeout);
	}

	private static DataSource withoutTransactionAwareness(DataSource dataSource) {
		return (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null)
				? proxy.getTargetDataSource() : dataSource;
	}

	private static DataSource targetOf(DataSource dataSource) {
		return (dataSource instanceof DelegatingDataSource delegating && delegating.getTargetDataSource() != null)
				? targetOf(delegating.getTargetDataSource()) : dataSource;
	}

	/**
	 * Returns whether there is a transaction that covers the data source.
	 * @throws EnqueueRefusedException if it is read-only, or does not cover the data
	 * source and that is not allowed
	 */
	boolean joins() {
		if (covering() == null) {
			refuseUnrelated();
			return false;
		}
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw new EnqueueRefusedException(
					"""
							Nothing was enqueued or cancelled, because the current transaction %s is read-only. Use a transaction \
							that may write, for example from a method with @Transactional(readOnly = false) or with \
							Propagation.REQUIRES_NEW"""
						.formatted(name()));
		}
		return true;
	}

	private void refuseUnrelated() {
		if (TransactionSynchronizationManager.isActualTransactionActive() && !isOver() && !this.allowUnrelated) {
			throw new EnqueueRefusedException(
					"""
							Nothing was enqueued or cancelled, because the current transaction %s does not cover the queue's data \
							source (%s): what is done here would stay even if that transaction rolled back. Use a transaction \
							manager of the queue's data source, or choose the queue's data source with @TasukiDataSource, or set \
							'%s=true' to let such a call commit by itself at once"""
						.formatted(name(), this.target.getClass().getName(), ALLOW_PROPERTY));
		}
	}

	private static String name() {
		String name = TransactionSynchronizationManager.getCurrentTransactionName();
		return (name != null) ? "'" + name + "'" : "(without a name)";
	}

	/**
	 * Runs statements in the caller's transaction where it covers the data source, else
	 * on a connection of their own.
	 * @param what names what they do, for messages
	 * @param atomic whether there may be several statements that belong together
	 */
	<R> R call(Supplier<String> what, boolean atomic, Work<R> work) {
		DataSource covering = covering();
		return (covering != null) ? callJoined(what, covering, work) : callAlone(what, atomic, work);
	}

	private <R> R callJoined(Supplier<String> what, DataSource covering, Work<R> work) {
		Connection connection = DataSourceUtils.getConnection(covering);
		try {
			return work.run(CallersConnection.joined(connection, covering));
		}
		catch (SQLException ex) {
			this.unfit.evictAfterTransaction(connection, ex);
			throw translate(what.get(), ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, covering);
		}
	}

	/**
	 * Evicts the connection of the current transaction, after the transaction, if the
	 * failure of a statement in it says that it is unfit.
	 */
	void evictUnfit(Throwable failure) {
		DataSource covering = covering();
		if (covering != null && UnfitConnections.mayBe(failure)) {
			Connection connection = DataSourceUtils.getConnection(covering);
			try {
				this.unfit.evictAfterTransaction(connection, failure);
			}
			finally {
				DataSourceUtils.releaseConnection(connection, covering);
			}
		}
	}

	// Never through DataSourceUtils: in a scope without a transaction it would share a
	// connection with the caller, and committing here would commit the caller's work.
	private <R> R callAlone(Supplier<String> what, boolean atomic, Work<R> work) {
		try (Connection connection = this.dataSource.getConnection()) {
			return callAlone(connection, atomic, work);
		}
		catch (SQLException ex) {
			throw translate(what.get(), ex);
		}
	}

	private <R> R callAlone(Connection connection, boolean atomic, Work<R> work) throws SQLException {
		try (TimedCall call = this.timeouts.begin()) {
			CallersConnection own = CallersConnection.own(connection, call);
			if (connection.getAutoCommit()) {
				return (atomic) ? callAtomically(connection, own, work) : work.run(own);
			}
			return callAndCommit(connection, own, work);
		}
		catch (SQLException ex) {
			this.unfit.evict(connection, ex);
			throw ex;
		}
	}

	private static <R> R callAtomically(Connection connection, CallersConnection own, Work<R> work)
			throws SQLException {
		connection.setAutoCommit(false);
		try {
			return callAndCommit(connection, own, work);
		}
		finally {
			connection.setAutoCommit(true);
		}
	}

	private static <R> R callAndCommit(Connection connection, CallersConnection own, Work<R> work) throws SQLException {
		boolean done = false;
		try {
			R result = work.run(own);
			connection.commit();
			done = true;
			return result;
		}
		finally {
			if (!done) {
				rollBack(connection);
			}
		}
	}

	private static void rollBack(Connection connection) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			// What made it necessary is on its way to the caller.
		}
	}

	private DataAccessException translate(String what, SQLException ex) {
		DataAccessException translated = this.translator.translate(what, null, ex);
		return (translated != null) ? translated : new UncategorizedSQLException(what, null, ex);
	}

	/**
	 * Commits what was written in the caller's transaction after its commit had begun.
	 * Nobody else would.
	 */
	void commitLateWork() {
		DataSource covering = boundDataSource();
		if (covering == null) {
			return;
		}
		Connection connection = DataSourceUtils.getConnection(covering);
		try {
			if (!connection.getAutoCommit()) {
				connection.commit();
			}
		}
		catch (SQLException ex) {
			throw translate("Committing jobs enqueued after a commit", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, covering);
		}
	}

	/**
	 * Returns whether transactions on this data source can cover the queue's.
	 */
	boolean isSameDatabase(DataSource candidate) {
		return targetOf(candidate) == this.target;
	}

	/**
	 * Returns the data source under which the current transaction holds its connection;
	 * {@code null} if there is none that covers the queue's.
	 */
	@Nullable DataSource covering() {
		return isOver() ? null : boundDataSource();
	}

	// While callbacks run after the completion, the connection is still bound, but what
	// is
	// written on it may be rolled back.
	private static boolean isOver() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& !TransactionSynchronizationManager.isSynchronizationActive();
	}

	private @Nullable DataSource boundDataSource() {
		if (carriesTransaction(this.dataSource, TransactionSynchronizationManager.getResource(this.dataSource))) {
			return this.dataSource;
		}
		for (Map.Entry<Object, Object> resource : TransactionSynchronizationManager.getResourceMap().entrySet()) {
			if (resource.getKey() instanceof DataSource bound && targetOf(bound) == this.target
					&& carriesTransaction(bound, resource.getValue())) {
				return bound;
			}
		}
		return null;
	}

	// Data access inside a foreign transaction binds a connection as well, but without a
	// transaction on it. Transaction managers other than those of JDBC bring their own
	// handle, and only for a transaction.
	private boolean carriesTransaction(DataSource dataSource, @Nullable Object resource) {
		if (!(resource instanceof ConnectionHolder holder) || holder.getConnectionHandle() == null) {
			return false;
		}
		if (!(holder.getConnectionHandle() instanceof SimpleConnectionHandle)) {
			return true;
		}
		return (dataSource == this.dataSource) ? this.probe.isActive() : new TransactionProbe(dataSource).isActive();
	}

	/**
	 * Statements that run together.
	 *
	 * @param <R> type of the answer
	 */
	interface Work<R> {

		R run(CallersConnection connection) throws SQLException;

	}

	/** Asks what a transaction manager asks before it begins. */
	private static final class TransactionProbe extends DataSourceTransactionManager {

		private static final long serialVersionUID = 1L;

		TransactionProbe(DataSource dataSource) {
			super(dataSource);
		}

		boolean isActive() {
			return isExistingTransaction(doGetTransaction());
		}

	}

}

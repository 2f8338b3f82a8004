package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Evicts connections of the application's whose server turned out to take no writes, as
 * after a failover, or to be shutting down. Their pool sees nothing wrong with the first,
 * and would give them to the next who enqueues.
 */
final class UnfitConnections {

	private static final Logger logger = LoggerFactory.getLogger(UnfitConnections.class);

	private final ConnectionEviction eviction;

	UnfitConnections(ConnectionEviction eviction) {
		this.eviction = eviction;
	}

	/**
	 * Evicts a connection that the caller is about to close, if the failure of a
	 * statement says that it is unfit.
	 */
	void evict(Connection connection, Throwable failure) {
		if (isUnfit(connection, failure)) {
			evict(connection);
		}
	}

	/**
	 * Evicts a connection that carries the current transaction, after the transaction, if
	 * the failure of a statement says that it is unfit. Before, it would be closed under
	 * whoever rolls back. Of a transaction that nobody synchronizes the end is unknown,
	 * and its connection stays.
	 */
	void evictAfterTransaction(Connection connection, Throwable failure) {
		if (TransactionSynchronizationManager.isSynchronizationActive()
				&& !TransactionSynchronizationManager.isCurrentTransactionReadOnly() && isUnfit(connection, failure)) {
			TransactionSynchronizationManager.registerSynchronization(new Evicting(this, connection));
		}
	}

	private static boolean isUnfit(Connection connection, Throwable failure) {
		return mayBe(failure) && (!SqlStates.isReadOnly(failure) || !isDeclaredReadOnly(connection));
	}

	/**
	 * Returns whether a failure may say that a connection is unfit.
	 */
	static boolean mayBe(Throwable failure) {
		return SqlStates.isShutdown(failure) || SqlStates.isReadOnly(failure);
	}

	private static boolean isDeclaredReadOnly(Connection connection) {
		try {
			return connection.isReadOnly();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private void evict(Connection connection) {
		try {
			this.eviction.evict(connection);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Evicting a connection failed", ex);
		}
	}

	/** Equal ones are one: a transaction may meet several failures. */
	private record Evicting(UnfitConnections owner, Connection connection) implements TransactionSynchronization {

		@Override
		public void afterCompletion(int status) {
			this.owner.evict(this.connection);
		}

	}

}

package io.tasuki.transaction;

import java.util.List;
import java.util.Set;

import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.worker.HandlerTransaction;
import io.tasuki.worker.HandlerTransactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.interceptor.DelegatingTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttribute;

/**
 * Begins transactions of one handler, from its attribute and by its manager.
 */
final class SpringHandlerTransactions implements HandlerTransactions {

	private static final Logger logger = LoggerFactory.getLogger(SpringHandlerTransactions.class);

	private final PlatformTransactionManager manager;

	private final TransactionAttribute attribute;

	private final JoinedCompletionStore completions;

	/** Whether its transactions keep their snapshot; {@code null} until one was asked. */
	private volatile @Nullable Boolean keepsSnapshot;

	SpringHandlerTransactions(PlatformTransactionManager manager, TransactionAttribute attribute,
			JoinedCompletionStore completions, String name) {
		this.manager = manager;
		this.attribute = new Outermost(attribute, name);
		this.completions = completions;
		if (attribute.getIsolationLevel() != TransactionDefinition.ISOLATION_DEFAULT) {
			this.keepsSnapshot = attribute.getIsolationLevel() > TransactionDefinition.ISOLATION_READ_COMMITTED;
		}
	}

	@Override
	public HandlerTransaction begin() {
		return new Transaction(this.manager.getTransaction(this.attribute));
	}

	private boolean keepsSnapshot() {
		Boolean known = this.keepsSnapshot;
		if (known == null) {
			known = this.completions.keepsItsSnapshot();
			this.keepsSnapshot = known;
		}
		return known;
	}

	/** The handler's attribute, where there is no transaction around it yet. */
	private static final class Outermost extends DelegatingTransactionAttribute {

		private static final long serialVersionUID = 1L;

		private final String name;

		Outermost(TransactionAttribute attribute, String name) {
			super(attribute);
			this.name = name;
		}

		// MANDATORY and NESTED are the method's, which finds this transaction.
		@Override
		public int getPropagationBehavior() {
			return PROPAGATION_REQUIRED;
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

	private final class Transaction implements HandlerTransaction {

		private final TransactionStatus status;

		Transaction(TransactionStatus status) {
			this.status = status;
		}

		@Override
		public Set<Lease> secure(Set<Lease> leases) {
			return keepsSnapshot() ? SpringHandlerTransactions.this.completions.lock(leases) : leases;
		}

		@Override
		public boolean rollsBackOn(Throwable thrown) {
			return SpringHandlerTransactions.this.attribute.rollbackOn(thrown);
		}

		@Override
		public boolean isRollbackOnly() {
			return this.status.isRollbackOnly();
		}

		@Override
		public Completed complete(List<Completion> completions) {
			return SpringHandlerTransactions.this.completions.complete(completions);
		}

		@Override
		public void commit() {
			SpringHandlerTransactions.this.manager.commit(this.status);
		}

		@Override
		public void rollBack(@Nullable Throwable failure) {
			if (!this.status.isCompleted()) {
				try {
					if (failure != null) {
						SpringHandlerTransactions.this.completions.failed(failure);
					}
					SpringHandlerTransactions.this.manager.rollback(this.status);
				}
				catch (RuntimeException | Error ex) {
					logger.debug("Rolling back failed", ex);
				}
			}
		}

	}

}

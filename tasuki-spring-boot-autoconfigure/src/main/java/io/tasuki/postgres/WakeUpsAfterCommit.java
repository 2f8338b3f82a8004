package io.tasuki.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WakeUpBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds wake-ups and cancel requests back with one synchronization per transaction. A
 * suspended transaction keeps its synchronizations to itself, so an inner one gets its
 * own.
 */
final class WakeUpsAfterCommit implements AfterCommit {

	private static final Logger log = LoggerFactory.getLogger(WakeUpsAfterCommit.class);

	private final CallersTransaction transaction;

	private final JobNotifications notifications;

	WakeUpsAfterCommit(CallersTransaction transaction, JobNotifications notifications) {
		this.transaction = transaction;
		this.notifications = notifications;
	}

	@Override
	public void send(Collection<WakeUp> wakeUps) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			log.debug("The transaction manager synchronizes nobody, so polling will find the enqueued jobs");
			return;
		}
		synchronization().add(wakeUps);
	}

	@Override
	public void sendCancelRequests(Collection<JobId> jobs) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			log.debug("The transaction manager synchronizes nobody, so heartbeats will find the cancelled jobs");
			return;
		}
		synchronization().addCancelRequests(jobs);
	}

	@Override
	public void sendAll() {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			log.debug("The transaction manager synchronizes nobody, so workers will look by themselves");
			return;
		}
		synchronization().addEverything();
	}

	@Override
	public void run(Runnable action) {
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			synchronization().addAction(action);
		}
		else {
			action.run();
		}
	}

	private Synchronization synchronization() {
		for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
			if (known instanceof Synchronization own && own.owner() == this) {
				return own;
			}
		}
		Synchronization created = new Synchronization();
		TransactionSynchronizationManager.registerSynchronization(created);
		return created;
	}

	private final class Synchronization implements TransactionSynchronization {

		private final WakeUpBuffer buffer = new WakeUpBuffer();

		private final Set<JobId> cancelRequests = new LinkedHashSet<>();

		private final List<Runnable> actions = new ArrayList<>();

		private boolean all;

		private boolean committing;

		private boolean late;

		WakeUpsAfterCommit owner() {
			return WakeUpsAfterCommit.this;
		}

		void add(Collection<WakeUp> wakeUps) {
			this.late |= this.committing;
			this.buffer.addAll(wakeUps);
		}

		void addCancelRequests(Collection<JobId> jobs) {
			this.late |= this.committing;
			this.cancelRequests.addAll(jobs);
		}

		void addEverything() {
			this.late |= this.committing;
			this.all = true;
		}

		void addAction(Runnable action) {
			this.late |= this.committing;
			this.actions.add(action);
		}

		// Before others' callbacks, which may take their time.
		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void beforeCompletion() {
			this.committing = true;
		}

		@Override
		public void afterCommit() {
			send();
		}

		@Override
		public void afterCompletion(int status) {
			if (status == STATUS_ROLLED_BACK) {
				return;
			}
			if (this.late || !this.committing) {
				commitLateWork();
			}
			send();
		}

		// Written by a callback after the commit: the connection is still bound, but
		// nobody
		// commits it again, and without auto-commit the job would be lost.
		private void commitLateWork() {
			try {
				WakeUpsAfterCommit.this.transaction.commitLateWork();
			}
			catch (RuntimeException ex) {
				log.error("What a callback enqueued or cancelled after the commit of a transaction was lost", ex);
				this.buffer.clear();
				this.cancelRequests.clear();
				this.actions.clear();
				this.all = false;
			}
		}

		private void send() {
			JobNotifications notifications = WakeUpsAfterCommit.this.notifications;
			try {
				if (!this.cancelRequests.isEmpty()) {
					notifications.sendCancelRequests(List.copyOf(this.cancelRequests));
					this.cancelRequests.clear();
				}
				if (!this.buffer.isEmpty()) {
					notifications.send(this.buffer.drain());
				}
				if (this.all) {
					notifications.sendAll();
					this.all = false;
				}
			}
			catch (RuntimeException ex) {
				log.warn("Could not announce enqueued or cancelled jobs; polls and heartbeats will find them", ex);
			}
			act();
		}

		private void act() {
			List<Runnable> actions = List.copyOf(this.actions);
			this.actions.clear();
			for (Runnable action : actions) {
				try {
					action.run();
				}
				catch (RuntimeException ex) {
					log.warn("What was to be done after the commit of a transaction failed", ex);
				}
			}
		}

	}

}

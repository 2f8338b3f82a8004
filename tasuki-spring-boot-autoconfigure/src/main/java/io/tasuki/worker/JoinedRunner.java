package io.tasuki.worker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an attempt inside the handler's own transaction and completes the job in it: the
 * handler's writes and the outcome commit together or not at all, and not at all if the
 * lease is gone. Whatever cannot be recorded there is handed to the completer, under the
 * same fence.
 */
final class JoinedRunner {

	private static final Logger logger = LoggerFactory.getLogger(JoinedRunner.class);

	/** How long a job is put off, about, whose transaction could not begin. */
	private static final Duration PUT_OFF = Duration.ofSeconds(1);

	private final Attempts attempts;

	private final RetryPolicy retryPolicy;

	private final HeldJobs held;

	private final Completer completer;

	private final WorkerListener listener;

	private final AtomicBoolean refusing = new AtomicBoolean();

	JoinedRunner(Attempts attempts, RetryPolicy retryPolicy, HeldJobs held, Completer completer,
			WorkerListener listener) {
		this.attempts = attempts;
		this.retryPolicy = retryPolicy;
		this.held = held;
		this.completer = completer;
		this.listener = listener;
	}

	void run(HeldJob job, HandlerTransactions transactions) {
		// Before the job starts: what waits for a connection cannot time out, nor be
		// charged.
		HandlerTransaction transaction = begin(job, transactions);
		if (transaction != null) {
			if (job.start()) {
				runIn(transaction, job);
			}
			else {
				transaction.rollBack(null);
			}
		}
	}

	private @Nullable HandlerTransaction begin(HeldJob job, HandlerTransactions transactions) {
		HandlerTransaction transaction = null;
		Throwable failure = null;
		try {
			transaction = transactions.begin();
			if (transaction.secure(job.lease())) {
				noteBegun();
				return transaction;
			}
			lost(job);
		}
		catch (Throwable ex) {
			failure = ex;
			putOff(job, ex);
		}
		if (transaction != null) {
			transaction.rollBack(failure);
		}
		return null;
	}

	private void noteBegun() {
		if (this.refusing.get() && this.refusing.compareAndSet(true, false)) {
			logger.info("Transactions of handlers can begin again");
		}
	}

	private void putOff(HeldJob job, Throwable ex) {
		if (this.refusing.compareAndSet(false, true)) {
			logger.warn("No transaction could begin for {}; it and others are put off, uncharged, until one can",
					job.job(), ex);
		}
		Lease lease = job.finish();
		if (lease != null) {
			long millis = PUT_OFF.toMillis();
			Duration delay = Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis / 2, millis * 3 / 2));
			Outcome outcome = new Outcome.HandedBack(job.claimed().crashes(), delay);
			this.completer.accept(new FinishedJob(job, new Completion(lease, outcome, null), Duration.ZERO));
		}
	}

	private void runIn(HandlerTransaction transaction, HeldJob job) {
		Attempt attempt = this.attempts.make(job);
		if (attempt == null) {
			transaction.rollBack(null);
		}
		else if (undoes(transaction, attempt, job)) {
			transaction.rollBack(attempt.thrown());
			boolean contradicts = attempt.thrown() == null && attempt.verdict().outcome() instanceof Outcome.Succeeded;
			Attempt undone = contradicts ? attempt.judged(this.retryPolicy.rolledBack(job)) : attempt;
			this.completer.accept(undone.finished(job));
		}
		else {
			complete(transaction, attempt, job);
		}
	}

	/**
	 * A handler that was told to stop has done half of its work, whatever it threw.
	 */
	private static boolean undoes(HandlerTransaction transaction, Attempt attempt, HeldJob job) {
		Throwable thrown = attempt.thrown();
		return transaction.isRollbackOnly()
				|| (thrown != null && (job.stop() != null || transaction.rollsBackOn(thrown)));
	}

	private void complete(HandlerTransaction transaction, Attempt attempt, HeldJob job) {
		FinishedJob finished = attempt.finished(job);
		Completed completed;
		try {
			completed = transaction.complete(finished.completion());
			if (completed.absent().isEmpty()) {
				transaction.commit();
			}
			else {
				transaction.rollBack(null);
			}
		}
		catch (Throwable ex) {
			transaction.rollBack(ex);
			// It may have committed all the same. The fence knows: if so, the job is
			// gone.
			Attempt failed = attempt.judged(this.attempts.threw(job, ex));
			this.completer.accept(failed.finished(job, finished.completion().outcome()));
			return;
		}
		this.completer.settle(finished, completed);
	}

	private void lost(HeldJob job) {
		if (job.lose()) {
			this.held.remove(job);
			this.listener.leaseLost(job.job());
		}
	}

}

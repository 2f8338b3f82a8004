package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

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

	/**
	 * Makes the attempts of jobs that one call of their handler runs: one, or a batch.
	 * @param handler starts the jobs and calls the handler
	 */
	void run(List<HeldJob> jobs, HandlerTransactions transactions, Function<List<HeldJob>, Call> handler) {
		// Before the jobs start: what waits for a connection cannot time out, nor be
		// charged.
		List<HeldJob> secured = new ArrayList<>();
		HandlerTransaction transaction = begin(jobs, transactions, secured);
		if (transaction != null) {
			Call call = secured.isEmpty() ? Call.NOTHING : handler.apply(secured);
			if (call.attempts().isEmpty()) {
				transaction.rollBack(null);
			}
			else {
				finish(transaction, call);
			}
		}
	}

	private @Nullable HandlerTransaction begin(List<HeldJob> jobs, HandlerTransactions transactions,
			List<HeldJob> secured) {
		HandlerTransaction transaction = null;
		try {
			transaction = transactions.begin();
			Map<Lease, HeldJob> byLease = new LinkedHashMap<>();
			jobs.forEach((job) -> byLease.put(job.lease(), job));
			Set<Lease> held = transaction.secure(byLease.keySet());
			byLease.forEach((lease, job) -> {
				if (held.contains(lease)) {
					secured.add(job);
				}
				else {
					lost(job);
				}
			});
			noteBegun();
			return transaction;
		}
		catch (Throwable ex) {
			jobs.forEach((job) -> putOff(job, ex));
			if (transaction != null) {
				transaction.rollBack(ex);
			}
			return null;
		}
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

	private void finish(HandlerTransaction transaction, Call call) {
		List<Attempt> attempts = call.attempts();
		Throwable thrown = attempts.get(0).thrown();
		if (undoes(transaction, thrown, attempts)) {
			transaction.rollBack(thrown);
			attempts.forEach((attempt) -> this.completer.accept(undone(attempt).finished()));
		}
		else if (call.bereft()) {
			transaction.rollBack(thrown);
			attempts.forEach((attempt) -> handBack(attempt.finished()));
		}
		else {
			complete(transaction, attempts);
		}
	}

	/**
	 * A handler that was told to stop has done half of its work, whatever it threw.
	 */
	private static boolean undoes(HandlerTransaction transaction, @Nullable Throwable thrown, List<Attempt> attempts) {
		return transaction.isRollbackOnly()
				|| (thrown != null && (attempts.stream().anyMatch((attempt) -> attempt.job().stop() != null)
						|| transaction.rollsBackOn(thrown)));
	}

	private Attempt undone(Attempt attempt) {
		boolean contradicts = attempt.thrown() == null && attempt.verdict().outcome() instanceof Outcome.Succeeded;
		return contradicts ? attempt.judged(this.retryPolicy.rolledBack(attempt.job())) : attempt;
	}

	private void complete(HandlerTransaction transaction, List<Attempt> attempts) {
		List<FinishedJob> finished = attempts.stream().map(Attempt::finished).toList();
		Completed completed;
		try {
			completed = transaction.complete(finished.stream().map(FinishedJob::completion).toList());
			if (completed.absent().isEmpty()) {
				transaction.commit();
			}
			else {
				transaction.rollBack(null);
			}
		}
		catch (Throwable ex) {
			transaction.rollBack(ex);
			// It may have committed all the same. The fence knows: if so, the jobs are
			// gone.
			attempts.forEach((attempt) -> this.completer
				.accept(attempt.judged(this.attempts.threw(attempt.job(), ex)).finished(attempt.verdict().outcome())));
			return;
		}
		settle(finished, completed);
	}

	/**
	 * One lost lease undoes what was done for all jobs of the call; the others are not to
	 * blame for that.
	 */
	private void settle(List<FinishedJob> finished, Completed completed) {
		Set<Lease> absent = completed.absent();
		if (absent.isEmpty() || absent.size() == finished.size()) {
			this.completer.settle(finished, completed);
			return;
		}
		for (FinishedJob job : finished) {
			Lease lease = job.completion().lease();
			if (absent.contains(lease)) {
				this.completer.settle(List.of(job), completed);
			}
			else {
				handBack(job);
			}
		}
	}

	private void handBack(FinishedJob job) {
		Outcome outcome = new Outcome.HandedBack(job.held().claimed().crashes());
		Completion completion = new Completion(job.completion().lease(), outcome, null);
		this.completer.accept(new FinishedJob(job.held(), completion, job.runTime()));
	}

	private void lost(HeldJob job) {
		if (job.lose()) {
			this.held.remove(job);
			this.listener.leaseLost(job.job());
		}
	}

}

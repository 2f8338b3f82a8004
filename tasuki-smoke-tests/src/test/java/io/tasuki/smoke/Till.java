package io.tasuki.smoke;

import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Places one order after the other, far enough apart that the worker is idle at each, and
 * tells when each was committed.
 */
record Till(Orders orders, TransactionTemplate transaction) {

	private static final long PAUSE_MILLIS = 30;

	/**
	 * Returns when the last order is committed.
	 */
	void place(long first, int count, BiConsumer<Long, Instant> committed)
			throws InterruptedException, ExecutionException {
		ScheduledExecutorService clerk = Executors.newSingleThreadScheduledExecutor();
		try {
			for (long order = first; order < first + count; order++) {
				long next = order;
				clerk.schedule(() -> place(next, committed), PAUSE_MILLIS, TimeUnit.MILLISECONDS).get();
			}
		}
		finally {
			clerk.shutdownNow();
		}
	}

	private void place(long order, BiConsumer<Long, Instant> committed) {
		this.transaction.executeWithoutResult((status) -> {
			TransactionSynchronizationManager
				.registerSynchronization(new AfterCommit(() -> committed.accept(order, Instant.now())));
			this.orders.place(order);
		});
	}

	/** Comes before all others, so before the job client tells anybody of the job. */
	private record AfterCommit(Runnable action) implements TransactionSynchronization {

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

		@Override
		public void afterCommit() {
			this.action.run();
		}

	}

}

package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.tasuki.store.WorkerReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * Writes down what a worker says of itself. Serves only people, so that it stops nothing:
 * what the server refuses is left out for a while.
 */
final class WorkerAnnouncements {

	private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

	private static final Logger logger = LoggerFactory.getLogger(WorkerAnnouncements.class);

	private final AnnounceWorker announceWorker;

	private final WithdrawWorker withdrawWorker;

	private final WorkerIdentity worker;

	private boolean refused;

	private long againAt = System.nanoTime();

	WorkerAnnouncements(AnnounceWorker announceWorker, WithdrawWorker withdrawWorker, WorkerIdentity worker) {
		this.announceWorker = announceWorker;
		this.withdrawWorker = withdrawWorker;
		this.worker = worker;
	}

	/**
	 * Announces the worker.
	 * @return the time of that; empty if it was refused
	 * @throws RuntimeException if the connection is of no use any more
	 */
	Optional<Instant> announce(WorkerReport report) {
		if (this.refused && System.nanoTime() - this.againAt < 0) {
			return Optional.empty();
		}
		try {
			Instant now = this.announceWorker.run(this.worker, report);
			this.refused = false;
			return Optional.of(now);
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isRefusal(ex)) {
				throw ex;
			}
			refused(ex);
			return Optional.empty();
		}
	}

	private void refused(RuntimeException ex) {
		if (!this.refused) {
			logger.warn("Worker '{}' cannot be announced: {}. It works on, but is not in the list of live workers",
					this.worker.name(), NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
		this.refused = true;
		this.againAt = System.nanoTime() + PAUSE_NANOS;
	}

	void withdraw() {
		this.withdrawWorker.run(this.worker.id());
	}

}

package io.tasuki.postgres;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.NestedExceptionUtils;

/**
 * Keeps the row that names the worker for the owner it claims under: before the first
 * claim, and once a day so that the row is not taken for one that nobody needs. Serves
 * only people, so it stops no claim: what cannot be written is left out for a while.
 */
final class OwnerRegistration {

	/** A small part of the time after which rows are pruned. */
	private static final long AGAIN_NANOS = Duration.ofDays(1).toNanos();

	private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

	private static final Logger logger = LoggerFactory.getLogger(OwnerRegistration.class);

	private final RegisterOwner registerOwner;

	private final WorkerIdentity worker;

	private long owner;

	private boolean refused;

	/**
	 * Before it, the owner that is registered needs nothing, and after a refusal none.
	 */
	private long nextAt = System.nanoTime();

	OwnerRegistration(RegisterOwner registerOwner, WorkerIdentity worker) {
		this.registerOwner = registerOwner;
		this.worker = worker;
	}

	/**
	 * Registers an owner if that is due.
	 * @throws RuntimeException if the connection is of no use any more
	 */
	void ensure(long owner) {
		if ((this.refused || owner == this.owner) && System.nanoTime() - this.nextAt < 0) {
			return;
		}
		try {
			this.registerOwner.run(owner, this.worker);
			registered(owner);
		}
		catch (RuntimeException ex) {
			if (isAway(ex)) {
				throw ex;
			}
			refused(ex);
			if (!SqlStates.isRefusal(ex)) {
				throw ex;
			}
		}
	}

	private void registered(long owner) {
		this.owner = owner;
		this.refused = false;
		this.nextAt = System.nanoTime() + AGAIN_NANOS;
	}

	/** A claim would fail as well, and its failure is reported. */
	private static boolean isAway(RuntimeException ex) {
		String state = SqlStates.of(ex);
		return state == null || (SqlStates.isConnectionFailure(ex) && !state.equals(SqlStates.QUERY_CANCELED));
	}

	private void refused(RuntimeException ex) {
		if (!this.refused) {
			logger.warn(
					"The owner under which '{}' claims cannot be registered: {}. Claiming goes on; a job that takes"
							+ " this worker down will call it unknown",
					this.worker.name(), NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		}
		this.refused = true;
		this.nextAt = System.nanoTime() + PAUSE_NANOS;
	}

}

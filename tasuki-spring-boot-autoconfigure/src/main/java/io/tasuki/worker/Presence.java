package io.tasuki.worker;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the poller was out of the database's sight for so long that others may have
 * taken it for dead, or it may take others for dead: after an outage, a paused process or
 * a server that stood still. Whoever comes back first must leave expired leases alone
 * until the others have had time to renew theirs. For the poller's thread.
 */
final class Presence {

	private static final Logger logger = LoggerFactory.getLogger(Presence.class);

	private static final long MOMENT = Duration.ofMillis(10).toNanos();

	private final long longestGap;

	private long stepBegan = System.nanoTime();

	private long lastStep = System.nanoTime();

	private long lastAnswer = System.nanoTime();

	private long noTakeOverUntil = System.nanoTime();

	/**
	 * Whether the latest step failed, or hung for so long that others may have failed.
	 */
	private boolean inDoubt;

	/**
	 * Creates a presence that begins now.
	 * @param longestGap longest time out of sight that cannot cost a lease
	 */
	Presence(Duration longestGap) {
		this.longestGap = longestGap.toNanos();
	}

	void stepBegins() {
		this.stepBegan = System.nanoTime();
	}

	void stepSucceeded() {
		Duration away = Duration.ofNanos(this.stepBegan - this.lastStep);
		if (away.toNanos() > this.longestGap) {
			logger.info("Back after {} away from the database: own leases are renewed, no others taken over for {}",
					away, Duration.ofNanos(this.longestGap));
		}
		this.lastStep = System.nanoTime();
		this.inDoubt = this.lastStep - this.stepBegan > this.longestGap;
	}

	void stepFailed() {
		this.inDoubt = true;
	}

	/**
	 * Returns whether leases must be renewed before anything else. So after any failure:
	 * an idle poller may not have noticed how long an outage was.
	 */
	boolean wasAway() {
		return this.inDoubt || isAway();
	}

	private boolean isAway() {
		return System.nanoTime() - this.lastStep > this.longestGap;
	}

	/**
	 * The database answers again, and leases are renewed.
	 */
	void isBack() {
		this.noTakeOverUntil = System.nanoTime() + this.longestGap;
	}

	/**
	 * The database has answered.
	 */
	void answered() {
		this.lastAnswer = System.nanoTime();
	}

	/**
	 * Returns whether the database answered so lately that it does not stand still.
	 */
	boolean answeredAMomentAgo() {
		return System.nanoTime() - this.lastAnswer <= MOMENT;
	}

	/**
	 * Returns whether expired leases may be taken over. To be asked just before the
	 * claim: an earlier statement of the same step may have waited out an outage.
	 */
	boolean mayTakeOver() {
		return System.nanoTime() - this.noTakeOverUntil >= 0 && !isAway();
	}

}

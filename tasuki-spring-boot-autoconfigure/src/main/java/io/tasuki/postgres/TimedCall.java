package io.tasuki.postgres;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statements of one thread on one connection, one after the other, each with the same
 * time to end.
 */
final class TimedCall implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(TimedCall.class);

	private final long timeoutNanos;

	private final Consumer<TimedCall> whenClosed;

	private volatile @Nullable Running running;

	TimedCall(long timeoutNanos, Consumer<TimedCall> whenClosed) {
		this.timeoutNanos = timeoutNanos;
		this.whenClosed = whenClosed;
	}

	/**
	 * Looks after this statement from now on, and no longer after the one before.
	 */
	void watch(Statement statement) {
		this.running = new Running(statement, System.nanoTime() + this.timeoutNanos);
	}

	/**
	 * Cancels the statement if its time is over. One that has just ended is not harmed,
	 * nor is the next on its connection: the driver sees to that.
	 */
	void cancelOverdue(long now) {
		Running running = this.running;
		if (running == null || running.deadline() - now > 0) {
			return;
		}
		try {
			running.statement().cancel();
		}
		catch (SQLException | RuntimeException ex) {
			log.debug("Could not cancel a statement that takes too long; trying again", ex);
		}
	}

	@Override
	public void close() {
		this.running = null;
		this.whenClosed.accept(this);
	}

	private record Running(Statement statement, long deadline) {

	}

}

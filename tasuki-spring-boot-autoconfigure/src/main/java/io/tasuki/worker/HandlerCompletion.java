package io.tasuki.worker;

import io.tasuki.RetentionMode;
import org.jspecify.annotations.Nullable;

/**
 * How it is recorded what the jobs of one handler came to.
 *
 * @param transactions the transactions in which they are completed; {@code null} if they
 * are completed after the handler has returned
 * @param retention what is kept of them once they have ended; {@code null} for what is
 * kept of others of their queue
 */
public record HandlerCompletion(@Nullable HandlerTransactions transactions, @Nullable RetentionMode retention) {

	/** After the handler has returned, and kept like others of their queue. */
	public static final HandlerCompletion DEFAULT = new HandlerCompletion(null, null);

	/**
	 * Returns this with transactions in which the jobs are completed.
	 */
	public HandlerCompletion withTransactions(@Nullable HandlerTransactions transactions) {
		return new HandlerCompletion(transactions, this.retention);
	}

	/**
	 * Returns this with something else to be kept of the jobs.
	 */
	public HandlerCompletion withRetention(@Nullable RetentionMode retention) {
		return new HandlerCompletion(this.transactions, retention);
	}

}

package io.tasuki.worker;

import java.util.List;
import java.util.Set;

import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;
import org.jspecify.annotations.Nullable;

/**
 * A handler's transaction, from before the handler is called until its job is complete.
 * For the thread that began it.
 */
public interface HandlerTransaction {

	/**
	 * Takes the jobs for this transaction, before the handler's first statement, if the
	 * completion would come too late for that.
	 * @return those of the leases that are not known to be lost
	 */
	Set<Lease> secure(Set<Lease> leases);

	/**
	 * Returns whether what the handler threw is to undo its writes.
	 */
	boolean rollsBackOn(Throwable thrown);

	/**
	 * Returns whether somebody has decided that this transaction cannot commit.
	 */
	boolean isRollbackOnly();

	/**
	 * Records outcomes in this transaction.
	 * @return what became of them: written, or absent because the lease is lost
	 */
	Completed complete(List<Completion> completions);

	/**
	 * Commits.
	 * @throws RuntimeException if that failed, or if it cannot be known that it succeeded
	 */
	void commit();

	/**
	 * Rolls back, unless the transaction has ended. Throws nothing: a connection that is
	 * gone has rolled back by itself.
	 * @param failure what went wrong; {@code null} when nothing did
	 */
	void rollBack(@Nullable Throwable failure);

}

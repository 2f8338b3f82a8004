/**
 * Handlers that complete their jobs inside their own transactions.
 *
 * <p>
 * A handler method that is {@code @Transactional} on the queue's data source has its
 * transaction begun by the worker, from the method's own attribute and with its own
 * manager; the method's proxy joins it as it would join any caller's. When the method has
 * returned, the job's outcome is written in that transaction, under the fence, and the
 * whole commits. So what the handler wrote and the completion are there together or not
 * at all, however the process ends; and a worker that lost its lease rolls back what it
 * did. Rollback rules, timeout and isolation are the annotation's.
 *
 * <p>
 * Rejected: a callback before the commit of the proxy's own transaction. What a handler
 * returns is not known by then, and an exception that is not to roll back could no longer
 * be recorded with the writes that it leaves behind.
 *
 * <p>
 * A transaction that sees the database as it was at its first statement, from REPEATABLE
 * READ up, locks the job before that: otherwise a heartbeat in between would be a
 * conflict and the completion fail. It costs one round trip, and a lazily fetched
 * connection is fetched at once. Below that isolation nothing is asked before the handler
 * asks for it itself.
 *
 * <p>
 * Where the transaction is not the one to complete in (REQUIRES_NEW, NOT_SUPPORTED,
 * NEVER, SUPPORTS, read-only, another data source, a manager that does not tell its data
 * source), the job is completed after the handler has returned, and start-up says so. May
 * import {@code io.tasuki}, {@code io.tasuki.store}, {@code io.tasuki.worker} and
 * Spring's core, beans and transactions.
 */
@NullMarked
package io.tasuki.transaction;

import org.jspecify.annotations.NullMarked;

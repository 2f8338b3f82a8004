/**
 * The storage port: what enqueueing and running ask of a database, and the values that
 * cross the border.
 *
 * <p>
 * Three roles, because three kinds of connection serve them.
 * {@link io.tasuki.store.JobStore} works on the caller's connection, inside the caller's
 * transaction. {@link io.tasuki.store.LeaseStore} and
 * {@link io.tasuki.store.CompletionStore} belong to one worker, each on a connection of
 * its own, each used by one thread at a time: claiming must not wait behind completing.
 * {@link io.tasuki.store.JobNotifications} carries the word that there is work, or that a
 * running job was cancelled, which may be lost without harm.
 * {@link io.tasuki.store.QueueInspection} only looks, for those who operate queues.
 *
 * <p>
 * Every write of a worker repeats its {@link io.tasuki.store.Lease}, the fence. What the
 * database decides (due, expired) it decides by its own clock: no method here takes
 * "now".
 *
 * <p>
 * A cancel ends a job that waits, and asks for the end of one that is leased. From then
 * on, whatever ends or interrupts the attempt ends the job as cancelled, in the statement
 * that records it; only an attempt that succeeded wins over the request. The worker
 * learns of it by a word that may be lost, and otherwise by the next
 * {@link io.tasuki.store.Renewal}, which is also where a word is looked up: what the row
 * says counts.
 *
 * <p>
 * Methods throw unchecked exceptions of the implementation's choosing when the database
 * is away; callers treat any of them as "not now" and try again.
 */
@NullMarked
package io.tasuki.store;

import org.jspecify.annotations.NullMarked;

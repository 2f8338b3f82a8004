/**
 * What happens to jobs when whole processes die, pause, stop, or lose their database or
 * the network to it.
 *
 * <p>
 * Each test starts workers as real child JVMs ({@link io.tasuki.processes.WorkerMain})
 * over a real PostgreSQL, and ends them as the operating system would: by a signal. What
 * a handler did is read from a ledger that handlers write on connections of their own, so
 * it tells how often a job really ran, whatever the queue's tables say. Times are
 * compared inside the database, whose clock wrote them.
 *
 * <p>
 * Networks break in {@link io.tasuki.processes.TcpProxy}, through which a test may lead
 * the connections of some workers and not those of others.
 *
 * <p>
 * Here a lease lasts two or three seconds, so that a takeover fits into a test; time
 * limits are generous, because a machine that runs tests is busy.
 */
@NullMarked
package io.tasuki.processes;

import org.jspecify.annotations.NullMarked;

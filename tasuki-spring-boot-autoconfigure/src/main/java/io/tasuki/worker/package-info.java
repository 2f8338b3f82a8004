/**
 * Claims jobs, runs them and records their outcomes.
 *
 * <p>
 * Three kinds of thread, joined by two hand-overs. The {@link io.tasuki.worker.Poller}
 * renews leases and claims; {@link io.tasuki.worker.Slots} gives what it brought to the
 * handlers' threads, where {@link io.tasuki.worker.JobRunner} makes each attempt; the
 * {@link io.tasuki.worker.Completer} writes whatever has finished since its last commit.
 * Handlers' threads never touch the database for bookkeeping, which is what makes small
 * jobs cheap: one statement claims a thousand and one completes a thousand.
 *
 * <pre>
 *             wake-ups, due times, freed slots
 *                         |
 *   database --claim--> Poller --add--> Slots --thread--> JobRunner --outcome--> Completer --complete--> database
 *            &lt;--renew--                                                             |
 *                         ^-------------- became available again ------------------+
 * </pre>
 *
 * <p>
 * The unit of claiming is a {@link io.tasuki.worker.Line}: the jobs of one kind group in
 * one queue. It has its own cursor and its own room, so a row that cannot run for want of
 * a slot never stands in the way of one that can. Priority orders the jobs of a line, and
 * what has been claimed and waits for a slot. What is claimed next is divided among the
 * lines in turns: between queues, so that none can starve another by the priorities it
 * uses; and between the lines of one queue too, so that while slots are scarce a handler
 * with a limit of its own gets its turn beside jobs of higher priority. (A claim that
 * went by priority over all lines could not bound a line over its priorities in one
 * statement.)
 *
 * <p>
 * A claim asks for the free slots and for what the line was seen to finish in a tenth of
 * a second beyond that ({@link io.tasuki.worker.Prefetch}). Cursors are a hint: a sweep
 * from the front, at most every second and for at most a twentieth of the time
 * ({@link io.tasuki.worker.SweepSchedule}), finds what they hide. An idle worker's sweep
 * is its poll. Each begins with a look, which tells the queues where something is due
 * from those that need no claim: an idle worker asks its database one thing a second,
 * however many queues it has (two before, and a claim costs far more than a look).
 *
 * <p>
 * What is held in memory, from the claim to the recorded outcome, is bounded by
 * {@link io.tasuki.worker.Planner#MOST_HELD}: a slow database stops claiming, not the
 * handlers, and an outage keeps accepted outcomes without growing. They are written when
 * the database is back, or, where another worker took the job over, dropped and counted
 * ({@link io.tasuki.worker.AbsentOutcomes}).
 *
 * <p>
 * An attempt with a timeout is asked to stop by an interrupt, which alone can reach a
 * handler that waits; {@link io.tasuki.worker.Timeouts} has one timer for all of them.
 * What the handler returns or throws counts until a grace is over, so done wins. Then the
 * attempt ends without its thread, which may go on for ever: its slot is stuck, and not
 * given to another job, since threads without a bound would be worse than a slot less
 * ({@link io.tasuki.worker.StuckSlots}). Rejected: a thread per attempt to wait for it,
 * and looking at the clock with each heartbeat, which comes every few seconds.
 *
 * <p>
 * A rate limit counts starts ({@link io.tasuki.worker.StartRate}). A job that is claimed
 * has its start for sure: claims are no larger than what may start, so none waits with a
 * lease, and the poller sleeps until the next start comes back. Rejected: to claim and
 * then wait, which takes jobs from other instances that could run them; and a bucket of
 * tokens, which lets twice as many start in one period as the limit says. Gates
 * ({@link io.tasuki.worker.Gates}) are asked on the slot, because only there is it known
 * that the job would start now.
 *
 * <p>
 * A slot is no thread. Where a line names an executor
 * ({@link io.tasuki.worker.LineExecutor}), the slot goes on, with the job in hand, in a
 * thread of that executor, and comes back with the next job of another line. So the
 * limits and the run order are one for all executors. What an executor refuses goes back
 * to the front of its line, which starts nothing until one of its jobs has ended or a
 * moment has passed. Rejected: slots of each executor apart, with limits that no one
 * place could count.
 *
 * <p>
 * A batch is what a slot finds of its line when it takes a job whose handler takes
 * several ({@link io.tasuki.worker.RunOrder}): nobody waits until it is full. What is
 * claimed for such a line is counted in slots, not in jobs. Each job keeps a lease, a
 * fence, an outcome and a charge of its own; only the thread is common, so what concerns
 * the thread (a timeout, a shutdown) concerns all, and a cancel or a lost lease only the
 * one it befell ({@link io.tasuki.worker.Batch}). In a handler's own transaction that
 * cannot be: what was written for a lost job cannot be told from the rest, so all is
 * undone, and the others are handed back. A suspect runs alone.
 *
 * <p>
 * That somebody has cancelled a job stands in its row, and
 * {@link io.tasuki.worker.Heartbeat} reads it there whenever it renews the lease. A word
 * from whoever cancelled it makes it renew that lease at once, so nobody is interrupted
 * on hearsay, and the lease of a job whose row the canceller had locked for long is saved
 * in the same statement. An attempt that is told to stop ends as cancelled if it throws;
 * what it returns is recorded as it is, and the database turns it into cancelled unless
 * it succeeded. A job that waits here, or was taken over from a dead worker, ends without
 * a slot and without a charge.
 *
 * <p>
 * What can be said of a handler is grouped by what it is about: the jobs it runs
 * ({@link io.tasuki.worker.HandledJobs}), how they are let to run
 * ({@link io.tasuki.worker.HandlerExecution}), what becomes of them when an attempt has
 * failed ({@link io.tasuki.worker.HandlerRetries}) and how that is recorded
 * ({@link io.tasuki.worker.HandlerCompletion}). A new option has its place in one of
 * them, and {@link io.tasuki.worker.HandlerRegistration} knows nothing of it.
 *
 * <p>
 * What a handler says of its job ({@link io.tasuki.worker.Reporting}) stays in memory, as
 * much as is kept of it in the row, until it is known to be written. It is not handed
 * over but shown, to the heartbeat again and again and to the completer with the outcome
 * ({@link io.tasuki.worker.FinishedJob}), because a write may fail, find the row locked,
 * or get no answer; the database knows what it has seen. A job whose handler says nothing
 * has nothing of all this.
 *
 * <p>
 * {@link io.tasuki.worker.Announcer} says every third of a lease, on the poller's thread
 * and connection, that this worker lives and what it does. So a worker whose poller
 * stands still is not listed either, and its leases run out as well. What it says is
 * counted from the lines when it says it; nothing is kept for it while jobs run.
 *
 * <p>
 * Upcasters and interceptors are put around a handler once, when it is registered, so
 * they are handlers themselves and whoever calls one knows nothing of them: upcasters
 * inside, so that interceptors see a job as it is stored. Around batches stand
 * interceptors of a type of their own, {@link io.tasuki.BatchInterceptor}: what has one
 * context and one result cannot stand around many. Rejected: a default method on
 * {@link io.tasuki.JobInterceptor} that lets batches pass, which its author would never
 * hear of; and to nest the interceptors of all jobs of a batch around its one call, a
 * stack of a thousand of them. The application's listeners
 * ({@link io.tasuki.worker.JobListeners}) hang on the same hook as the meters, but behind
 * a bounded queue and a thread each: the completer's thread would otherwise wait for the
 * slowest of them, and with it every job. Rejected: one thread for all, which a single
 * blocked listener would silence; and waiting for room in the queue.
 *
 * <p>
 * Times here are {@link java.lang.System#nanoTime()}, counted from durations that the
 * database measured; no wall clock decides anything. How late a job starts is told by the
 * database's clock, which comes with the answer to each announcement and costs no
 * statement of its own.
 */
@NullMarked
package io.tasuki.worker;

import org.jspecify.annotations.NullMarked;

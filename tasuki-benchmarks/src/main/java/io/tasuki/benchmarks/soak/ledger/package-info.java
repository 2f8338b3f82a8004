/**
 * The soak's own books, and the verdict on them. Nothing here asks the queue how it is
 * doing; only at the very end it is asked where each job has gone.
 *
 * <p>
 * Four sources. What was committed stands in {@code soak.expected}, written in the
 * enqueueing transactions. What ran stands in a file of each process, because a file
 * takes lines while the database is away and keeps them when the process dies. What a
 * transactional handler did stands in {@code soak.effect}, without any constraint that
 * could hide a second time. And each {@link io.tasuki.benchmarks.soak.ledger.Incident}
 * carries the jobs that were in the hands of whom it befell, counted while that process
 * stood still.
 *
 * <p>
 * A run beyond the first one of an attempt must be explained by an incident that carried
 * that very job; each incident explains one such run of a job at most. That there are no
 * more of them than rows were carried follows from it, and is shown as well.
 *
 * <p>
 * The verdict is a function of the books. All clocks are one machine's.
 */
@NullMarked
package io.tasuki.benchmarks.soak.ledger;

import org.jspecify.annotations.NullMarked;

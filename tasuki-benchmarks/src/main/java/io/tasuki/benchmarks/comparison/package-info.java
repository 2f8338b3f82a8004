/**
 * Measures tasuki beside its peers and beside what the database alone can do, in one run
 * and on one server.
 *
 * <p>
 * Every contestant works in JVMs of its own
 * ({@link io.tasuki.benchmarks.comparison.contestant}), which this process starts, orders
 * about and ends, one contestant after the other, whose
 * {@link io.tasuki.benchmarks.comparison.Turn} it is. Each workload begins with an empty
 * database and is repeated unless it is compared with nothing; a table shows medians.
 * Every job has a number and leaves a trace in a
 * {@link io.tasuki.benchmarks.comparison.contestant.Ledger}, so that a run in which one
 * ran twice or never is no measurement but a failure.
 */
@NullMarked
package io.tasuki.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;

/**
 * db-scheduler, as its documentation tunes it for many short jobs on PostgreSQL.
 *
 * <p>
 * From its README, "Configuration" and "Polling strategy", and its docs/performance.md,
 * "Benchmark":
 * <ul>
 * <li>lock-and-fetch, which saves an update for each job and is its fastest way, with the
 * limits that the README gives for high throughput: once and four times the number of
 * threads. Those of its own benchmark, 20 threads with 4 and 20, and 50 with 0.5 and 4,
 * were not faster here
 * <li>immediate execution, which wakes the scheduler of the same JVM after an enqueue;
 * after a transaction that the scheduler cannot see the end of, the documented
 * {@code triggerCheckForDueExecutions()} does it
 * <li>a poll each 100 ms instead of 10 s, for what other JVMs enqueue. While there is a
 * backlog, batches follow each other without it, so that throughput and latency want no
 * different settings
 * <li>batches by {@code scheduleBatch}; for a single job too, because
 * {@code scheduleIfNotExists} asks first whether it exists, at the price of a statement
 * <li>a transaction of the caller is joined by a {@code TransactionAwareDataSourceProxy}
 * <li>the table as the README links it. The index for priorities is left out, as it is
 * for those who enable them
 * </ul>
 * Beside that, what everybody would do: a HikariCP pool with a connection for each
 * thread, the driver's {@code reWriteBatchedInserts}, JSON instead of Java serialization.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.contestant.dbscheduler;

import org.jspecify.annotations.NullMarked;

/**
 * JobRunr in its free edition, as its documentation and its authors' own performance test
 * configure it. LGPL: it must not leave this module, which is never published.
 *
 * <p>
 * From jobrunr.io, "Enqueueing jobs" and "Fluent API", the Javadoc of
 * {@code BackgroundJobServerConfiguration}, and the repository
 * jobrunr/jobrunr-performance-test:
 * <ul>
 * <li>a poll each 5 s, the shortest that its SQL storage accepts. Nothing else wakes an
 * idle server, so this is its latency; while there is a backlog, a worker that is done
 * fetches more at once
 * <li>16 workers, its default on two processors and that of its performance test; 32 and
 * 64 were not clearly faster here
 * <li>jobs by {@code JobRequest} and handler, for a lambda has its bytecode analysed at
 * each enqueue; many at once as a stream, which is saved in bulk, in transactions of up
 * to 5000 jobs
 * <li>no dashboard, no JMX, nothing that counts jobs while they run
 * <li>succeeded jobs stay for the default of 36 hours, beyond the end of any run here. To
 * delete them at once was no faster: each is written once more before it goes, beside
 * those that run
 * </ul>
 * Beside that, what everybody would do: a HikariCP pool with a connection for each
 * worker, the driver's {@code reWriteBatchedInserts}, and the Jackson that Spring Boot
 * brings.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.contestant.jobrunr;

import org.jspecify.annotations.NullMarked;

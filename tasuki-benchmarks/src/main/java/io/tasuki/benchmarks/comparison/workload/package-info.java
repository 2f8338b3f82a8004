/**
 * What the contestants are made to do. A
 * {@link io.tasuki.benchmarks.comparison.workload.Workload} is one class; it asks the
 * {@link io.tasuki.benchmarks.comparison.workload.Bench} for a
 * {@link io.tasuki.benchmarks.comparison.workload.Trial}, which is one contestant on one
 * empty database, gives orders to its JVMs and reports what it saw.
 *
 * <p>
 * Before anything is measured, {@link io.tasuki.benchmarks.comparison.workload.Opening}
 * makes the server ready, and the Java compiler is warmed up by the same work on other
 * jobs, for all contestants by the same rule. Tables are analyzed and a checkpoint is
 * made in between. All clocks are the same machine's.
 *
 * <p>
 * Some workloads, of tasuki alone, need tables in states that a client would take long to
 * bring about. There the database makes the rows, those that are drained and those that
 * only burden ({@link io.tasuki.benchmarks.comparison.workload.JobRows}), and the latter
 * must be in the end what they were. A worker is configured for them by the options of
 * its JVM ({@link io.tasuki.benchmarks.comparison.workload.JvmOptions}).
 */
@NullMarked
package io.tasuki.benchmarks.comparison.workload;

import org.jspecify.annotations.NullMarked;

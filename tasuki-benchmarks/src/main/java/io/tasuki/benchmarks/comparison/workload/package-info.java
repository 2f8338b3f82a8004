/**
 * What the contestants are made to do. A
 * {@link io.tasuki.benchmarks.comparison.workload.Workload} is one class; it asks the
 * {@link io.tasuki.benchmarks.comparison.workload.Bench} for a
 * {@link io.tasuki.benchmarks.comparison.workload.Trial}, which is one contestant on one
 * empty database, gives orders to its JVMs and reports what it saw.
 *
 * <p>
 * The Java compiler is warmed up before anything is measured, by the same work on other
 * jobs. Tables are analyzed and a checkpoint is made in between. All clocks are the same
 * machine's.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.workload;

import org.jspecify.annotations.NullMarked;

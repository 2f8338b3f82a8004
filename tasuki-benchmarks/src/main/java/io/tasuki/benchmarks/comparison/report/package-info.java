/**
 * What was measured, for a reader and for a program: the tables that
 * {@code docs/performance.md} shows as they are, the checklist of what is to be reached,
 * a JSON file, and a picture.
 *
 * <p>
 * Nothing here measures. Workloads hand over
 * {@link io.tasuki.benchmarks.comparison.report.Measurement}s and everything else follows
 * from them, so that an old run can be judged anew. A measurement is found by three
 * words, which stand in one place each because two sides must agree on them: the workload
 * that says what it measured, and the target that asks for it. A word that nobody said
 * makes the target "not measured", never reached.
 *
 * <p>
 * Few repetitions say nothing about a distribution. So there is a median, and the
 * smallest and the largest value instead of a deviation.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.report;

import org.jspecify.annotations.NullMarked;

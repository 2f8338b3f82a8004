/**
 * What was measured, for a reader and for a program: the tables that
 * {@code docs/performance.md} shows as they are, the checklist of what is to be reached,
 * a JSON file, and a picture.
 *
 * <p>
 * Nothing here measures. Workloads hand over
 * {@link io.tasuki.benchmarks.comparison.report.Measurement}s and everything else follows
 * from them. A measurement is found by three words, which stand in one place each because
 * two sides must agree on them: the workload that says what it measured, and the target
 * that asks for it. A word that nobody said makes the target "not measured", never
 * reached.
 *
 * <p>
 * Few repetitions say nothing about a distribution. So there is a median, and the
 * smallest and the largest value instead of a deviation.
 *
 * <p>
 * A reader sees tables first and the picture second: the picture is logarithmic where
 * contestants lie far apart, which makes large differences look small. Ratios are written
 * rounded down, and a workload that measures in two units gets two tables, since nothing
 * can be compared across them.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.report;

import org.jspecify.annotations.NullMarked;

/**
 * The JVMs in which contestants work, seen from both sides: the parent's
 * {@link io.tasuki.benchmarks.comparison.process.ContestantProcess} and the child's
 * {@link io.tasuki.benchmarks.comparison.process.ContestantMain}.
 *
 * <p>
 * The parent writes an {@link io.tasuki.benchmarks.comparison.process.Order} as a line of
 * JSON to the child's standard input, and the child answers with a line of JSON once it
 * is done. What the child logs goes to a file instead. An order is a record that carries
 * its arguments and knows what to do with a
 * {@link io.tasuki.benchmarks.comparison.process.Stage}; a new one is one more record.
 * The child ends when its input does, so none outlives its parent.
 *
 * <p>
 * {@link io.tasuki.benchmarks.comparison.process.Entrant} is the list of contestants.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.process;

import org.jspecify.annotations.NullMarked;

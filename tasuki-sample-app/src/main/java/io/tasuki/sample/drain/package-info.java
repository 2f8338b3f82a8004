/**
 * A look at the worker's speed, with the profile {@code drain}: jobs that do nothing are
 * stored while the worker stands still, then it starts, and what it did per second is
 * printed. A demonstration on whatever machine and database there is, not a benchmark.
 */
@NullMarked
package io.tasuki.sample.drain;

import org.jspecify.annotations.NullMarked;

/**
 * A stream of jobs to watch, with the profile {@code counter}: five numbers a second come
 * in, and eight at a time are slept over for one to five seconds each. That is slower
 * than they come, so the waiting time grows and shows that the limit holds.
 */
@NullMarked
package io.tasuki.sample.counter;

import org.jspecify.annotations.NullMarked;

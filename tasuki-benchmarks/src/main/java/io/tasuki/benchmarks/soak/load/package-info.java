/**
 * What the soak enqueues. A job's number decides how it behaves, so that its handler and
 * the verdict agree without a word. What was committed is written down in the transaction
 * that enqueues it: a job is expected if and only if its transaction was committed, even
 * where the answer to the commit was lost.
 */
@NullMarked
package io.tasuki.benchmarks.soak.load;

import org.jspecify.annotations.NullMarked;

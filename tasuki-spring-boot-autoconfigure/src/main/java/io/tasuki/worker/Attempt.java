package io.tasuki.worker;

import org.jspecify.annotations.Nullable;

/**
 * What one call of a handler came to.
 *
 * @param verdict what becomes of the job
 * @param thrown what the handler threw; {@code null} if it returned
 */
record Attempt(RetryPolicy.Verdict verdict, @Nullable Throwable thrown) {

}

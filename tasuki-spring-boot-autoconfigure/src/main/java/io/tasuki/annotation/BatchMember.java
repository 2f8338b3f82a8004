package io.tasuki.annotation;

import io.tasuki.JobContext;
import org.jspecify.annotations.Nullable;

/**
 * One job of a batch.
 *
 * @param context the job and what can be said about it
 * @param payload its payload; {@code null} if the method takes none
 */
record BatchMember(JobContext context, @Nullable Object payload) {

}

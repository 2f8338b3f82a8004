package io.tasuki.annotation;

import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What a method needs of one job of a batch.
 *
 * @param job its id
 * @param elements what the job gives for the list of each parameter, in their order
 */
record BatchMember(JobId job, @Nullable Object[] elements) {

}

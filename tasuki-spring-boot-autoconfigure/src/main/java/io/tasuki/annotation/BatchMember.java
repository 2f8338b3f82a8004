package io.tasuki.annotation;

import org.jspecify.annotations.Nullable;

/**
 * What a method needs of one job of a batch.
 *
 * @param elements what the job gives for the list of each parameter, in their order
 */
record BatchMember(@Nullable Object[] elements) {

}

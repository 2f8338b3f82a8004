package io.tasuki.benchmarks.comparison.process;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What comes back for an order.
 *
 * @param answer the answer; {@code null} if there is none
 * @param failure why the order could not be obeyed; {@code null} if it was
 */
record Reply(@Nullable JsonNode answer, @Nullable String failure) {

}

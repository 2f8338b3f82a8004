package io.tasuki.store;

import org.jspecify.annotations.Nullable;

/**
 * An answer, and the word to workers that goes with it.
 *
 * @param <T> what is answered
 * @param answer the answer
 * @param wakeUp says where there is work now; {@code null} where there is none
 */
public record Announced<T>(T answer, @Nullable WakeUp wakeUp) {
}

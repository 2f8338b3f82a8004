/**
 * A door to the statements of {@code io.tasuki.postgres}, which are its own, for whoever
 * measures what they can do without the worker.
 */
@NullMarked
package io.tasuki.postgres;

import org.jspecify.annotations.NullMarked;

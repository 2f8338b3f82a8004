/**
 * The processes under the soak: worker JVMs, each behind a network of its own, started
 * again when they end, and what can be seen of their rows from outside.
 */
@NullMarked
package io.tasuki.benchmarks.soak.process;

import org.jspecify.annotations.NullMarked;

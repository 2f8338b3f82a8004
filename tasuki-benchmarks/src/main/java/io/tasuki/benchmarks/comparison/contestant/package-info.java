/**
 * What is compared, and the JVM it works in.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.contestant;

import org.jspecify.annotations.NullMarked;

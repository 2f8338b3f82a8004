package io.tasuki.benchmarks.comparison.process;

/**
 * Answer to an order that has nothing else to say.
 */
public record Done() {

}

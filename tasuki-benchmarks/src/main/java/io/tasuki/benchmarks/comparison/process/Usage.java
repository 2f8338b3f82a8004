package io.tasuki.benchmarks.comparison.process;

/**
 * What a JVM has used.
 *
 * @param cpuMicros processor time since its start, in microseconds
 * @param heapBytes heap in use
 */
public record Usage(long cpuMicros, long heapBytes) {

}

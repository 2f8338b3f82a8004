package io.tasuki.benchmarks.comparison.server;

import java.util.OptionalLong;

/**
 * What the server has used since its start.
 *
 * @param walBytes write-ahead log
 * @param cpuMicros processor time of all its processes, in microseconds; empty where that
 * cannot be told
 */
public record ServerUsage(long walBytes, OptionalLong cpuMicros) {

}

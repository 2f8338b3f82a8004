package io.tasuki.benchmarks.comparison.process;

import java.util.Map;

/**
 * What a JVM has used.
 *
 * @param cpuMicros processor time since its start, in microseconds
 * @param heapBytes heap in use
 * @param allocatedBytes what each living thread allocated since it began, by its id
 */
public record Usage(long cpuMicros, long heapBytes, Map<Long, Long> allocatedBytes) {

	/**
	 * Returns what was allocated since an earlier moment, but for what threads that have
	 * ended allocated in between.
	 */
	public long allocatedSince(Usage before) {
		return this.allocatedBytes.entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - before.allocatedBytes.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

	/**
	 * Returns the number of living threads.
	 */
	public int threads() {
		return this.allocatedBytes.size();
	}

}

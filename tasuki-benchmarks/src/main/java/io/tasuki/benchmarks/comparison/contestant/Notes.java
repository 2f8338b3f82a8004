package io.tasuki.benchmarks.comparison.contestant;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A number for each job, at first 0, for any thread. They lie outside of the heap, so
 * that the heap is the contestant's own, and so are its collections.
 */
final class Notes {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private final ByteBuffer buffer;

	Notes(int jobs) {
		this.buffer = ByteBuffer.allocateDirect(Math.multiplyExact(jobs, Long.BYTES)).order(ByteOrder.nativeOrder());
	}

	void set(int number, long value) {
		LONGS.setVolatile(this.buffer, number * Long.BYTES, value);
	}

	long get(int number) {
		return (long) LONGS.getVolatile(this.buffer, number * Long.BYTES);
	}

	/**
	 * Adds one.
	 * @return the number before
	 */
	long increment(int number) {
		return (long) LONGS.getAndAdd(this.buffer, number * Long.BYTES, 1L);
	}

}

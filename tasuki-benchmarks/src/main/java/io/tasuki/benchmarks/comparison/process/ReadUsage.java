package io.tasuki.benchmarks.comparison.process;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Asks what this JVM has used.
 *
 * @param collect whether to collect garbage first, so that the heap is what is needed
 */
public record ReadUsage(boolean collect) implements Order<Usage> {

	@Override
	public Class<Usage> answer() {
		return Usage.class;
	}

	@Override
	public Usage obey(Stage stage) {
		if (this.collect) {
			System.gc();
		}
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
		return new Usage(system.getProcessCpuTime() / 1_000,
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), allocatedBytes(threads));
	}

	private static Map<Long, Long> allocatedBytes(ThreadMXBean threads) {
		long[] ids = threads.getAllThreadIds();
		long[] bytes = threads.getThreadAllocatedBytes(ids);
		Map<Long, Long> allocated = new HashMap<>();
		for (int i = 0; i < ids.length; i++) {
			allocated.put(ids[i], Math.max(0, bytes[i]));
		}
		return allocated;
	}

}

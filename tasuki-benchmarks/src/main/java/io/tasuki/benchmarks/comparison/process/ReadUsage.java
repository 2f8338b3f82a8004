package io.tasuki.benchmarks.comparison.process;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

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
		return new Usage(system.getProcessCpuTime() / 1_000,
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
	}

}

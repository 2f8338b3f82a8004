package io.tasuki.benchmarks.comparison.workload;

import java.util.List;

import io.tasuki.benchmarks.comparison.process.ProcessCommand;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JvmOptionsTests {

	@Test
	void workerOfTheDefaultQueueIsLikeAllOthers() {
		assertThat(JvmOptions.withQueues(JobShape.USUAL.queues())).isEqualTo(ProcessCommand.JVM_OPTIONS);
	}

	@Test
	void otherQueuesAreConfigured() {
		assertThat(JvmOptions.withQueues(List.of("default", "a", "b"))).containsAll(ProcessCommand.JVM_OPTIONS)
			.endsWith("-Dtasuki.queues.a.concurrency=1000", "-Dtasuki.queues.b.concurrency=1000")
			.hasSize(ProcessCommand.JVM_OPTIONS.size() + 2);
	}

	@Test
	void smallHeapReplacesTheUsualOneAndEndsTheJvmWhenItIsTooSmall() {
		assertThat(JvmOptions.withHeap("64m")).containsExactly("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
	}

}

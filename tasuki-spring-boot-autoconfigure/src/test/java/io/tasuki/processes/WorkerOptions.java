package io.tasuki.processes;

import java.time.Duration;
import java.util.List;

/**
 * How a child JVM's worker is tuned, and the way of these settings through its command
 * line.
 */
record WorkerOptions(Duration lease, Duration pollInterval, Duration shutdownTimeout, int concurrency, int maxCrashes) {

	static final WorkerOptions USUAL = new WorkerOptions(Duration.ofSeconds(3), Duration.ofMillis(250),
			Duration.ofSeconds(5), 8, 3);

	WorkerOptions withLease(Duration lease) {
		return new WorkerOptions(lease, this.pollInterval, this.shutdownTimeout, this.concurrency, this.maxCrashes);
	}

	WorkerOptions withPollInterval(Duration pollInterval) {
		return new WorkerOptions(this.lease, pollInterval, this.shutdownTimeout, this.concurrency, this.maxCrashes);
	}

	WorkerOptions withShutdownTimeout(Duration shutdownTimeout) {
		return new WorkerOptions(this.lease, this.pollInterval, shutdownTimeout, this.concurrency, this.maxCrashes);
	}

	WorkerOptions withConcurrency(int concurrency) {
		return new WorkerOptions(this.lease, this.pollInterval, this.shutdownTimeout, concurrency, this.maxCrashes);
	}

	WorkerOptions withMaxCrashes(int maxCrashes) {
		return new WorkerOptions(this.lease, this.pollInterval, this.shutdownTimeout, this.concurrency, maxCrashes);
	}

	List<String> arguments() {
		return List.of(this.lease.toString(), this.pollInterval.toString(), this.shutdownTimeout.toString(),
				Integer.toString(this.concurrency), Integer.toString(this.maxCrashes));
	}

	static WorkerOptions of(List<String> arguments) {
		return new WorkerOptions(Duration.parse(arguments.get(0)), Duration.parse(arguments.get(1)),
				Duration.parse(arguments.get(2)), Integer.parseInt(arguments.get(3)),
				Integer.parseInt(arguments.get(4)));
	}

}

package io.tasuki.autoconfigure;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares how long stopping may take by our settings and by Spring's. */
final class ShutdownTimeouts {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownTimeouts.class);

	private ShutdownTimeouts() {
	}

	static void warnIfLonger(Duration worker, Duration phase) {
		if (worker.compareTo(phase) > 0) {
			logger.warn("tasuki.worker.shutdown-timeout ({}) is longer than spring.lifecycle.timeout-per-shutdown-phase"
					+ " ({}): stopping the application takes longer than planned, and whoever stops the process may not"
					+ " wait. Lower the first or raise the second", worker, phase);
		}
	}

}

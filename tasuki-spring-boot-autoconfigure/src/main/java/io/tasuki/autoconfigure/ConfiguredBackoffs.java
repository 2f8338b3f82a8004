package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.tasuki.Backoff;
import io.tasuki.BackoffType;
import io.tasuki.JobRequest;
import io.tasuki.worker.BackoffSettings;

/**
 * Backoffs as properties describe them: one for all jobs, and others for single queues.
 */
final class ConfiguredBackoffs {

	private ConfiguredBackoffs() {
	}

	static Backoff ofAll(TasukiProperties properties) {
		return properties.retry().settings().toBackoff();
	}

	static Map<String, Backoff> ofQueues(TasukiProperties properties) {
		Map<String, Backoff> backoffs = new LinkedHashMap<>();
		properties.queues().forEach((name, queue) -> {
			if (queue.backoff() != null) {
				backoffs.put(name, queue.backoff().settings(properties.retry()).toBackoff());
			}
		});
		return backoffs;
	}

	/**
	 * Refuses values that make no backoff, by their names below a prefix.
	 */
	static void check(String prefix, BackoffSettings settings) {
		PropertyCheck.atLeast(prefix + ".initial-delay", settings.initialDelay(), Duration.ZERO);
		PropertyCheck.atMost(prefix + ".initial-delay", settings.initialDelay(), JobRequest.MAX_DELAY);
		if (settings.increment() != null) {
			PropertyCheck.atLeast(prefix + ".increment", settings.increment(), Duration.ZERO);
			PropertyCheck.atMost(prefix + ".increment", settings.increment(), JobRequest.MAX_DELAY);
		}
		PropertyCheck.atLeast(prefix + ".multiplier", settings.multiplier(), 1.0);
		PropertyCheck.atLeast(prefix + ".exponent", settings.exponent(), 0.0);
		if (settings.type() != BackoffType.CONSTANT) {
			PropertyCheck.atLeast(prefix + ".max-delay", settings.maxDelay(), settings.initialDelay());
			PropertyCheck.atMost(prefix + ".max-delay", settings.maxDelay(), JobRequest.MAX_DELAY);
		}
		PropertyCheck.between(prefix + ".jitter", settings.jitter(), 0.0, 1.0);
	}

}

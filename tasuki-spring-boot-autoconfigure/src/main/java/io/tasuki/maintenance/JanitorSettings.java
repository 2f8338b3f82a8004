package io.tasuki.maintenance;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Tuning of a janitor.
 *
 * @param archive whether finished jobs are archived, and so need partitions
 * @param archiveRetention how long archived jobs stay; {@code null} to keep them forever
 * @param deadRetention how long dead jobs stay; {@code null} to keep them forever
 * @param interval time between two rounds, of which a random part is left out
 */
public record JanitorSettings(boolean archive, @Nullable Duration archiveRetention, @Nullable Duration deadRetention,
		Duration interval) {

	/** How often a janitor looks around unless told otherwise. */
	public static final Duration DEFAULT_INTERVAL = Duration.ofHours(1);

	public JanitorSettings {
		checkPositive("Archive retention", archiveRetention);
		checkPositive("Retention of dead jobs", deadRetention);
		checkPositive("Interval of the janitor", interval);
	}

	private static void checkPositive(String what, @Nullable Duration duration) {
		if (duration != null && (duration.isNegative() || duration.isZero())) {
			throw new IllegalArgumentException("%s must be positive, not %s".formatted(what, duration));
		}
	}

}

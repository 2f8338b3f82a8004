package io.tasuki.benchmarks.soak.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Runs of different jobs with one unique key that overlap, although a second job exists
 * only when the first has ended. A run that was taken out of its worker's hands may go on
 * behind the back of the one that counts, so runs of jobs that an incident carried are
 * left out.
 */
final class Overlaps {

	private Overlaps() {
	}

	static List<Run> among(Collection<JobStory> stories) {
		Map<String, List<Run>> byKey = new HashMap<>();
		for (JobStory story : stories) {
			String key = story.expected().uniqueKey();
			if (key != null && story.incidents().isEmpty()) {
				byKey.computeIfAbsent(key, (absent) -> new ArrayList<>()).addAll(story.runs());
			}
		}
		List<Run> overlaps = new ArrayList<>();
		byKey.values().forEach((runs) -> collect(runs, overlaps));
		return overlaps;
	}

	private static void collect(List<Run> runs, List<Run> overlaps) {
		runs.sort(Run.IN_ORDER);
		@Nullable Run before = null;
		for (Run run : runs) {
			if (before != null && before.job() != run.job() && end(before).isAfter(run.start())) {
				overlaps.add(run);
			}
			before = run;
		}
	}

	private static Instant end(Run run) {
		return (run.end() != null) ? run.end() : Instant.MAX;
	}

}

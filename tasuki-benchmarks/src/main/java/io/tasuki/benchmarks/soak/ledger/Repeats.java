package io.tasuki.benchmarks.soak.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Runs beyond the first one of an attempt, each with the incident that explains it.
 */
final class Repeats {

	private Repeats() {
	}

	/**
	 * Returns the repeated runs of a job. An incident explains one of them: its row was
	 * carried once.
	 */
	static List<Repeat> of(JobStory story) {
		if (story.runs().size() < 2) {
			return List.of();
		}
		List<Repeat> repeats = new ArrayList<>();
		List<Incident> unused = inOrderOfUse(story.incidents());
		Map<Integer, List<Run>> byAttempt = new HashMap<>();
		for (Run run : story.runs()) {
			List<Run> same = byAttempt.computeIfAbsent(run.attempt(), (attempt) -> new ArrayList<>());
			same.add(run);
			if (same.size() > 1) {
				Incident reason = unused.stream()
					.filter((incident) -> explains(incident, same))
					.findFirst()
					.orElse(null);
				unused.remove(reason);
				repeats.add(new Repeat(run, reason));
			}
		}
		return repeats;
	}

	/**
	 * Returns the incidents that can explain less before those that can explain more.
	 */
	private static List<Incident> inOrderOfUse(List<Incident> incidents) {
		List<Incident> ordered = new ArrayList<>(incidents);
		ordered.sort(
				Comparator.comparing((Incident incident) -> incident.process() == null).thenComparing(Incident::until));
		return ordered;
	}

	/**
	 * Returns whether an incident explains the latest of some runs: it began before that,
	 * was not over before the first, and befell one of those who made them.
	 */
	private static boolean explains(Incident incident, List<Run> runs) {
		return !incident.at().isAfter(runs.get(runs.size() - 1).start())
				&& !incident.until().isBefore(runs.get(0).start()) && runs.stream().anyMatch(incident::befell);
	}

	/**
	 * A repeated run.
	 *
	 * @param reason what explains it; {@code null} if nothing does
	 */
	record Repeat(Run run, @Nullable Incident reason) {

	}

}

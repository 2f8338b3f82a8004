package io.tasuki.benchmarks.soak.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.tasuki.benchmarks.soak.ledger.Verdict.Line;
import io.tasuki.benchmarks.soak.load.Kind;

/**
 * The books and the verdict, for a reader.
 *
 * @param began when the load began
 * @param rolledBack how many jobs one producer enqueued in transactions that were rolled
 * back
 */
public record Report(Books books, Verdict verdict, Instant began, long rolledBack) {

	private static final int CASES = 5;

	/**
	 * Returns the whole report.
	 */
	public String text() {
		List<String> lines = new ArrayList<>();
		lines.add("Incidents (rows: jobs in the hands of whom it befell; repeated: runs that it explains)");
		lines.addAll(timeline());
		lines.add("");
		lines.addAll(summary());
		lines.add("");
		lines.add("Verdict");
		this.verdict.lines().forEach((line) -> lines.add(verdict(line)));
		lines.add((this.verdict.passed()) ? "PASSED" : "FAILED");
		return String.join(System.lineSeparator(), lines);
	}

	private List<String> timeline() {
		List<Incident> incidents = this.books.incidents();
		return IntStream.range(0, incidents.size())
			.boxed()
			.sorted(Comparator.comparing((Integer place) -> incidents.get(place).at()))
			.map((place) -> line(incidents.get(place), this.verdict.repeatsByIncident().getOrDefault(place, 0)))
			.toList();
	}

	private String line(Incident incident, int repeats) {
		String rows = (incident.carried().isEmpty()) ? ""
				: "%,6d rows %,5d repeated".formatted(incident.carried().size(), repeats);
		return "  %s  %-58s %s".formatted(sinceBegin(incident.at()), incident.what(), rows).stripTrailing();
	}

	private String sinceBegin(Instant moment) {
		Duration since = Duration.between(this.began, moment);
		return String.format(Locale.ROOT, "%2d:%02d.%d", since.toMinutes(), since.toSecondsPart(),
				since.toMillisPart() / 100);
	}

	private List<String> summary() {
		Stories stories = Stories.of(this.books);
		return List.of("Committed            %,d (%s)".formatted(this.books.expected().size(), kinds()),
				"Rolled back          %,d by one of two producers".formatted(this.rolledBack),
				"Runs                 %,d in %,d processes, a minute: %s".formatted(this.books.runs().size(),
						this.books.runs().stream().map(Run::process).distinct().count(), runsPerMinute()),
				"Effects in database  %,d".formatted(this.books.effects().size()),
				"Dead                 %,d hopeless, %,d always crashing, %,d others that 3 incidents hit".formatted(
						stories.all().stream().filter((story) -> isDead(story, Kind.HOPELESS)).count(),
						stories.all().stream().filter(JobStory::isDeadByOwnCrashes).count(),
						stories.all().stream().filter(JobStory::isDeadByFaults).count()));
	}

	private static boolean isDead(JobStory story, Kind kind) {
		return story.kind() == kind && story.rows().stream().anyMatch((row) -> row.place() == QueueRow.Place.DEAD);
	}

	private String kinds() {
		Map<Kind, Long> kinds = this.books.expected()
			.stream()
			.collect(Collectors.groupingBy(Expected::kind, TreeMap::new, Collectors.counting()));
		return kinds.entrySet()
			.stream()
			.map((kind) -> "%s %,d".formatted(kind.getKey().word(), kind.getValue()))
			.collect(Collectors.joining(", "));
	}

	private String runsPerMinute() {
		Map<Long, Long> minutes = this.books.runs()
			.stream()
			.collect(Collectors.groupingBy((run) -> Duration.between(this.began, run.start()).toMinutes(), TreeMap::new,
					Collectors.counting()));
		return minutes.values().stream().map("%,d"::formatted).collect(Collectors.joining(" "));
	}

	private static String verdict(Line line) {
		String cases = (line.passed() || line.cases().isEmpty()) ? ""
				: "  (%s%s)".formatted(String.join(", ", line.cases().subList(0, Math.min(CASES, line.cases().size()))),
						(line.cases().size() > CASES) ? ", …" : "");
		return "  %-4s  %-48s %,6d of %,d allowed%s".formatted((line.passed()) ? "ok" : "FAIL", line.what(),
				line.found(), line.allowed(), cases);
	}

}

package io.tasuki.benchmarks.soak.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.tasuki.benchmarks.soak.ledger.Repeats.Repeat;

/**
 * What the books come to.
 *
 * @param lines what is checked
 * @param repeatsByIncident how many repeated runs each incident explains, by its place in
 * the books
 */
public record Verdict(List<Line> lines, Map<Integer, Integer> repeatsByIncident) {

	/**
	 * Judges the books.
	 */
	public static Verdict of(Books books) {
		Stories stories = Stories.of(books);
		List<Line> lines = new ArrayList<>();
		lines.add(line("lost", stories, JobStory::isLost));
		lines.add(line("stuck", stories, JobStory::isStuck));
		lines.add(none("ghosts", List.copyOf(stories.ghosts())));
		lines.add(line("finished twice", stories, JobStory::finishedTwice));
		lines.add(line("ended wrongly", stories, JobStory::endedWrongly));
		lines.add(line("dead by fewer than 3 crashes", stories, JobStory::isDeadByTooFewCrashes));
		lines.add(line("missing effects", stories, JobStory::lacksEffect));
		lines.add(line("duplicate effects of transactional handlers", stories, JobStory::hasRepeatedEffect));
		lines.add(line("effects of failed attempts", stories, JobStory::keptFailedEffect));
		List<Repeat> repeats = repeats(stories);
		lines.add(new Line("duplicate runs of others, at most rows carried", repeats.size(),
				books.incidents().stream().mapToLong((incident) -> incident.carried().size()).sum(), List.of()));
		lines.add(none("duplicate runs that no incident explains", unexplained(repeats)));
		lines.add(line("attempts charged wrongly", stories, JobStory::chargedWrongly));
		lines.add(line("started before they were due", stories, JobStory::startedEarly));
		lines.add(none("unique keys run twice at once", jobs(Overlaps.among(stories.all()))));
		lines.add(
				new Line("processes ended unasked, faults gone wrong", books.surprises().size(), 0, books.surprises()));
		return new Verdict(lines, byIncident(books, repeats));
	}

	private static Line line(String what, Stories stories, Predicate<JobStory> wrong) {
		return none(what, stories.all().stream().filter(wrong).map(JobStory::job).toList());
	}

	private static Line none(String what, List<Long> jobs) {
		return new Line(what, jobs.size(), 0, jobs.stream().map("job %d"::formatted).toList());
	}

	private static List<Repeat> repeats(Stories stories) {
		return stories.all()
			.stream()
			.filter((story) -> !story.kind().isTransactional())
			.flatMap((story) -> Repeats.of(story).stream())
			.toList();
	}

	private static List<Long> unexplained(List<Repeat> repeats) {
		return jobs(repeats.stream().filter((repeat) -> repeat.reason() == null).map(Repeat::run).toList());
	}

	private static List<Long> jobs(List<Run> runs) {
		return runs.stream().map(Run::job).toList();
	}

	private static Map<Integer, Integer> byIncident(Books books, List<Repeat> repeats) {
		Map<Integer, Integer> byIncident = new HashMap<>();
		for (Repeat repeat : repeats) {
			if (repeat.reason() != null) {
				byIncident.merge(books.incidents().indexOf(repeat.reason()), 1, Integer::sum);
			}
		}
		return byIncident;
	}

	/**
	 * Returns whether all is as it should be.
	 */
	public boolean passed() {
		return this.lines.stream().allMatch(Line::passed);
	}

	/**
	 * One thing that is checked.
	 *
	 * @param what what is counted
	 * @param found how often it was found
	 * @param allowed how often it may be found
	 * @param cases where it was found, if that is wrong
	 */
	public record Line(String what, long found, long allowed, List<String> cases) {

		/**
		 * Returns whether no more was found than may be.
		 */
		public boolean passed() {
			return this.found <= this.allowed;
		}

	}

}

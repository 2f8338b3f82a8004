package io.tasuki.benchmarks.soak.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The books, job by job.
 *
 * @param all the stories of the expected jobs
 * @param ghosts ids of jobs that are not expected, but ran, had an effect or are in the
 * queue
 */
record Stories(Collection<JobStory> all, Set<Long> ghosts) {

	static Stories of(Books books) {
		Map<Long, List<Run>> runs = byJob(books.runs(), Run::job);
		runs.values().forEach((list) -> list.sort(Run.IN_ORDER));
		Map<Long, List<Effect>> effects = byJob(books.effects(), Effect::job);
		Map<Long, List<QueueRow>> rows = byJob(books.rows(), QueueRow::job);
		List<Incident> incidents = books.incidents().stream().sorted(Comparator.comparing(Incident::at)).toList();
		List<JobStory> stories = new ArrayList<>();
		for (Expected expected : books.expected()) {
			stories.add(new JobStory(expected, of(runs, expected.job()), of(effects, expected.job()),
					of(rows, expected.job()),
					incidents.stream().filter((incident) -> incident.carried().contains(expected.job())).toList()));
		}
		return new Stories(stories, ghosts(books));
	}

	private static Set<Long> ghosts(Books books) {
		Set<Long> jobs = books.expected().stream().map(Expected::job).collect(Collectors.toSet());
		Set<Long> numbers = books.expected().stream().map(Expected::number).collect(Collectors.toSet());
		Set<Long> ghosts = new TreeSet<>();
		books.rows().stream().map(QueueRow::job).forEach(ghosts::add);
		ghosts.removeAll(jobs);
		books.runs()
			.stream()
			.filter((run) -> !jobs.contains(run.job()) || !numbers.contains(run.number()))
			.forEach((run) -> ghosts.add(run.job()));
		books.effects()
			.stream()
			.filter((effect) -> !jobs.contains(effect.job()) || !numbers.contains(effect.number()))
			.forEach((effect) -> ghosts.add(effect.job()));
		return ghosts;
	}

	private static <T> Map<Long, List<T>> byJob(List<T> entries, ToLongFunction<T> job) {
		Function<T, Long> key = job::applyAsLong;
		return entries.stream()
			.collect(Collectors.groupingBy(key, HashMap::new, Collectors.toCollection(ArrayList::new)));
	}

	private static <T> List<T> of(Map<Long, List<T>> byJob, long job) {
		return byJob.getOrDefault(job, List.of());
	}

}

package io.tasuki.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tasuki.Handler;
import io.tasuki.Job;

/** Writes down every call of a handler, in the order of their beginnings. */
final class Ledger {

	private final List<Run> runs = new ArrayList<>();

	private final Map<String, Integer> running = new HashMap<>();

	private final Map<String, Integer> mostRunning = new HashMap<>();

	private int runningInAll;

	private int mostRunningInAll;

	/** Returns a handler that is written down and then called. */
	Handler recording(String worker, Handler handler) {
		return (context) -> {
			begin(worker, context.job());
			try {
				return handler.handle(context);
			}
			finally {
				end(context.job());
			}
		};
	}

	private synchronized void begin(String worker, Job job) {
		this.runs.add(new Run(worker, job, Instant.now(), System.nanoTime()));
		this.mostRunning.merge(job.kind(), this.running.merge(job.kind(), 1, Integer::sum), Math::max);
		this.mostRunningInAll = Math.max(this.mostRunningInAll, ++this.runningInAll);
	}

	private synchronized void end(Job job) {
		this.running.merge(job.kind(), -1, Integer::sum);
		this.runningInAll--;
	}

	synchronized List<Run> runs() {
		return new ArrayList<>(this.runs);
	}

	List<Run> runs(String kind) {
		return runs().stream().filter((run) -> run.job().kind().equals(kind)).toList();
	}

	List<Run> runs(long id) {
		return runs().stream().filter((run) -> run.id() == id).toList();
	}

	synchronized int count() {
		return this.runs.size();
	}

	synchronized int running() {
		return this.runningInAll;
	}

	/** Returns the most calls of a kind's handler that were under way at once. */
	synchronized int mostRunning(String kind) {
		return this.mostRunning.getOrDefault(kind, 0);
	}

	synchronized int mostRunning() {
		return this.mostRunningInAll;
	}

	/** Returns the jobs that ran more than once. */
	Set<Long> repeated() {
		return runs().stream()
			.collect(Collectors.groupingBy(Run::id, Collectors.counting()))
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 1)
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Returns the number of different jobs that ran. */
	long distinct() {
		return runs().stream().mapToLong(Run::id).distinct().count();
	}

	/** One call of a handler. */
	record Run(String worker, Job job, Instant at, long nanos) {

		long id() {
			return this.job.id().value();
		}

	}

}

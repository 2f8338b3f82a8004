package io.tasuki.actuate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.tasuki.AttemptError;
import io.tasuki.FoundJob;
import io.tasuki.JobState;
import io.tasuki.LogLine;
import io.tasuki.actuate.AttemptDescriptor.Outcome;
import io.tasuki.actuate.JobValue.Part;
import org.jspecify.annotations.Nullable;

/**
 * Makes one history of the errors and the log lines of a job. They go by time, since the
 * number of an attempt comes again when a dead job is retried: an error ends its attempt,
 * another number begins the next.
 *
 * @param values what the masker shows of the job
 */
record AttemptHistory(JobValues values) {

	List<AttemptDescriptor> of(FoundJob job) {
		List<AttemptDescriptor> history = new ArrayList<>();
		Deque<LogLine> lines = new ArrayDeque<>(job.logLines());
		for (AttemptError error : job.errors()) {
			List<LogLine> before = new ArrayList<>();
			while (!lines.isEmpty() && !lines.element().at().isAfter(error.at())) {
				before.add(lines.remove());
			}
			addEnded(history, before, error);
		}
		addLatest(history, List.copyOf(lines), job);
		return history;
	}

	private void addEnded(List<AttemptDescriptor> history, List<LogLine> lines, AttemptError error) {
		int own = firstOfLast(error.attempt(), lines);
		addOthers(history, lines.subList(0, own));
		history.add(attempt(error.attempt(), Outcome.FAILED, error, lines.subList(own, lines.size())));
	}

	private void addLatest(List<AttemptDescriptor> history, List<LogLine> lines, FoundJob job) {
		Outcome outcome = outcome(job.state());
		int number = job.job().attempt();
		int own = firstOfLast(number, lines);
		addOthers(history, lines.subList(0, own));
		if (own < lines.size() || (outcome != null && number > 0)) {
			history.add(attempt(number, outcome, null, lines.subList(own, lines.size())));
		}
	}

	/** Returns where the lines of the last attempt begin, if it has this number. */
	private static int firstOfLast(int attempt, List<LogLine> lines) {
		int first = lines.size();
		while (first > 0 && lines.get(first - 1).attempt() == attempt) {
			first--;
		}
		return first;
	}

	private static @Nullable Outcome outcome(JobState state) {
		return switch (state) {
			case RUNNING -> Outcome.RUNNING;
			case SUCCEEDED -> Outcome.SUCCEEDED;
			default -> null;
		};
	}

	/** Adds attempts of which only their lines are known. */
	private void addOthers(List<AttemptDescriptor> history, List<LogLine> lines) {
		int from = 0;
		for (int to = 1; to <= lines.size(); to++) {
			if (to == lines.size() || lines.get(to).attempt() != lines.get(from).attempt()) {
				history.add(attempt(lines.get(from).attempt(), null, null, lines.subList(from, to)));
				from = to;
			}
		}
	}

	private AttemptDescriptor attempt(int number, @Nullable Outcome outcome, @Nullable AttemptError error,
			List<LogLine> lines) {
		return new AttemptDescriptor(number, outcome, (error != null) ? show(error) : null, lines.stream()
			.map((line) -> new AttemptDescriptor.LogLine(line.at(), this.values.show(Part.LOG_LINE, line.text())))
			.toList());
	}

	private AttemptDescriptor.Error show(AttemptError error) {
		return new AttemptDescriptor.Error(error.at(), error.type(), this.values.show(Part.ERROR, error.message()),
				this.values.showIfAny(Part.ERROR, error.stackTrace()));
	}

}

package io.tasuki.actuate;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.tasuki.AttemptError;
import io.tasuki.FoundJob;
import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.LogLine;
import io.tasuki.actuate.AttemptDescriptor.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptHistoryTests {

	private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

	@Test
	void putsLinesAndErrorsOfAnAttemptTogether() { // B54
		assertThat(history(JobState.RUNNING, 2, List.of(error(1, 5)), line(1, 1), line(1, 4), line(2, 9)))
			.containsExactly("1 FAILED at 5 lines [1, 4]", "2 RUNNING lines [9]");
	}

	@Test
	void tellsAttemptsOfTheSameNumberApartWhenADeadJobWasRetried() { // B54
		assertThat(history(JobState.SUCCEEDED, 1, List.of(error(1, 5)), line(1, 1), line(1, 60)))
			.containsExactly("1 FAILED at 5 lines [1]", "1 SUCCEEDED lines [60]");
	}

	@Test
	void leavesALineOfTheNextAttemptThereThoughItCameAtOnce() { // B54
		assertThat(history(JobState.AVAILABLE, 2, List.of(error(1, 5), error(2, 7)), line(2, 6)))
			.containsExactly("1 FAILED at 5 lines []", "2 FAILED at 7 lines [6]");
	}

	@Test
	void showsAttemptsOfWhichOnlyLinesAreKept() { // B54
		assertThat(history(JobState.DEAD, 3, List.of(error(3, 30)), line(1, 1), line(2, 10), line(3, 29)))
			.containsExactly("1 null lines [1]", "2 null lines [10]", "3 FAILED at 30 lines [29]");
	}

	@Test
	void isEmptyBeforeTheFirstAttempt() { // B54
		assertThat(history(JobState.AVAILABLE, 0, List.of())).isEmpty();
	}

	private static List<String> history(JobState state, int attempt, List<AttemptError> errors, LogLine... lines) {
		Job job = new Job(new JobId(17), "SendInvoice", "mail", null, 5, attempt, null, START, START, null, Map.of());
		FoundJob found = new FoundJob(job, state, null, null, errors, Arrays.asList(lines), null, null, null);
		return new AttemptHistory(JobValues.of(job, (value) -> value.value())).of(found)
			.stream()
			.map(AttemptHistoryTests::describe)
			.toList();
	}

	private static String describe(AttemptDescriptor attempt) {
		String error = (attempt.outcome() == Outcome.FAILED) ? " at " + attempt.error().message() : "";
		return "%d %s%s lines %s".formatted(attempt.attempt(), attempt.outcome(), error,
				attempt.logLines().stream().map(AttemptDescriptor.LogLine::text).toList());
	}

	private static AttemptError error(int attempt, int second) {
		return new AttemptError(attempt, START.plusSeconds(second), "error", String.valueOf(second), null);
	}

	private static LogLine line(int attempt, int second) {
		return new LogLine(attempt, START.plusSeconds(second), String.valueOf(second));
	}

}

package io.tasuki.autoconfigure;

import java.util.stream.Collectors;

import io.tasuki.worker.UnreadableJob;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names some of the jobs whose payloads cannot be read. */
class UnreadablePayloadsFailureAnalyzer extends AbstractFailureAnalyzer<UnreadablePayloadsException> {

	private static final int MOST_NAMED = 5;

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnreadablePayloadsException cause) {
		String jobs = cause.jobs()
			.stream()
			.limit(MOST_NAMED)
			.map(UnreadablePayloadsFailureAnalyzer::line)
			.collect(Collectors.joining());
		return new FailureAnalysis(
				"%d waiting jobs would be dead at once, because their payloads cannot be read:%n%n%s%s"
					.formatted(cause.jobs().size(), jobs, more(cause.jobs().size())),
				"Let a PayloadUpcaster bean bring these payloads to the present version, or make their class read them."
						+ " To start all the same, set tasuki.worker.check-payloads=warn.",
				cause);
	}

	private static String line(UnreadableJob job) {
		return "    - %s, by %s: %s%n".formatted(job.job(), job.handler(), job.problem());
	}

	private static String more(int count) {
		return (count > MOST_NAMED) ? "    - and %d more%n".formatted(count - MOST_NAMED) : "";
	}

}

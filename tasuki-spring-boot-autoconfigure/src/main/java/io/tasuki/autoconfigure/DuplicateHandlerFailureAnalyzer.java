package io.tasuki.autoconfigure;

import io.tasuki.worker.DuplicateHandlerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the two handlers of one kind. */
class DuplicateHandlerFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DuplicateHandlerException cause) {
		return new FailureAnalysis(
				"Two handlers run jobs of the kind '%s':%n%n    - %s%n    - %s%n".formatted(cause.kind(), cause.first(),
						cause.second()),
				"Give one of them another kind, with @JobHandler(\"…\") or with @JobKind on its payload,"
						+ " or remove one. Aliases count as kinds.",
				cause);
	}

}

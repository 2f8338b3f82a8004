package io.tasuki.autoconfigure;

import io.tasuki.annotation.InvalidHandlerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a handler method and what to change. */
class InvalidHandlerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidHandlerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidHandlerException cause) {
		return new FailureAnalysis(
				"A @JobHandler method cannot run jobs: %s %s.".formatted(cause.handler(), cause.problem()),
				cause.remedy() + ".", cause);
	}

}

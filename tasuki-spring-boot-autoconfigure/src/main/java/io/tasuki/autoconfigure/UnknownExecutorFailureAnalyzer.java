package io.tasuki.autoconfigure;

import io.tasuki.worker.UnknownExecutorException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which executor is missing and who names it. */
class UnknownExecutorFailureAnalyzer extends AbstractFailureAnalyzer<UnknownExecutorException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnknownExecutorException cause) {
		return new FailureAnalysis(
				"The worker cannot start: %s names the executor '%s', but there is none. %s.".formatted(cause.user(),
						cause.executor(), cause.reason()),
				"Define a bean of type java.util.concurrent.Executor with the name '%s', or correct the name."
					.formatted(cause.executor()),
				cause);
	}

}

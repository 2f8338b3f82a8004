package io.tasuki.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains which DataSource is missing, or among which to choose. */
class NoQueueDataSourceFailureAnalyzer extends AbstractFailureAnalyzer<NoQueueDataSourceException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoQueueDataSourceException cause) {
		return cause.candidates().isEmpty() ? none(cause) : several(cause);
	}

	private static FailureAnalysis none(NoQueueDataSourceException cause) {
		return new FailureAnalysis("tasuki keeps its jobs in PostgreSQL, but there is no DataSource bean.",
				"Add spring-boot-starter-jdbc (or -data-jpa) and set spring.datasource.url, declare a DataSource bean,"
						+ " or set tasuki.enabled=false.",
				cause);
	}

	private static FailureAnalysis several(NoQueueDataSourceException cause) {
		return new FailureAnalysis(
				"tasuki keeps its jobs in one DataSource, but there are several beans and none of them is chosen: %s."
					.formatted(String.join(", ", cause.candidates())),
				"Annotate the bean that holds the queue with @TasukiDataSource, or one of them with @Primary.", cause);
	}

}

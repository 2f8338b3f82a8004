package io.tasuki.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the queue's database could not be reached at start-up. */
class DatabaseUnreachableFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseUnreachableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, DatabaseUnreachableException cause) {
		return new FailureAnalysis(cause.getMessage(), remedy(cause), cause);
	}

	private static String remedy(DatabaseUnreachableException cause) {
		return switch (cause.reason()) {
			case LOGIN -> "Correct spring.datasource.username and spring.datasource.password,"
					+ " or let the user in: ask the server's pg_hba.conf.";
			case DATABASE -> "Create the database, or correct its name in spring.datasource.url.";
			case UNREACHABLE -> "Start PostgreSQL there, or correct spring.datasource.url."
					+ " The database has to answer when the application starts; later it may go away and come back.";
		};
	}

}

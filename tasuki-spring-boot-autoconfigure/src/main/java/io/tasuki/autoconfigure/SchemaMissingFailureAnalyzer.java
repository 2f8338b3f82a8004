package io.tasuki.autoconfigure;

import io.tasuki.postgres.SchemaMissingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains what the database lacks. */
class SchemaMissingFailureAnalyzer extends AbstractFailureAnalyzer<SchemaMissingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SchemaMissingException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Start the application once with tasuki.jdbc.initialize-schema=always and a role that may create a"
						+ " schema, or let such a role apply the scripts in io/tasuki/postgres/schema of the tasuki jar"
						+ " (with psql, Flyway or Liquibase) and grant the application's role the use of them.",
				cause);
	}

}

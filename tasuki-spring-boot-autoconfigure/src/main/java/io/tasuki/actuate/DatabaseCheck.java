package io.tasuki.actuate;

import java.time.Duration;
import java.util.List;

import io.tasuki.worker.WorkerHealth;
import org.jspecify.annotations.Nullable;

/** The database answers the worker. */
record DatabaseCheck() implements Check {

	private static final String REMEDY = "Bring the database or the way to it back. The worker tries again by itself,"
			+ " and jobs that run go on meanwhile: to restart this instance or to take it out of service mends nothing";

	@Override
	public String name() {
		return "database";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		WorkerHealth worker = situation.worker();
		if (!worker.running() || worker.databaseReachable() || worker.lastError() == null) {
			return List.of();
		}
		return List.of(new Problem("The database does not answer the worker (%s): %s"
			.formatted(lastAnswer(worker.sinceLastContact()), worker.lastError()), REMEDY));
	}

	private static String lastAnswer(@Nullable Duration since) {
		return (since != null) ? "last answer %s ago".formatted(Ages.text(since)) : "it never did";
	}

}

package io.tasuki.benchmarks.soak.worker;

import io.tasuki.JobContext;
import io.tasuki.annotation.JobHandler;
import io.tasuki.benchmarks.soak.load.Kind;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handlers whose effect is a row, written in the handler's own transaction.
 */
@Component
class TransactionalHandlers {

	private static final String SQL = """
			insert into soak.effect (number, job_id, attempt)
			values (?, ?, ?)
			""";

	private final Attempts attempts;

	private final JdbcOperations jdbc;

	TransactionalHandlers(Attempts attempts, JdbcOperations jdbc) {
		this.attempts = attempts;
		this.jdbc = jdbc;
	}

	@JobHandler("transactional")
	@Transactional
	public void transactional(Long number, JobContext context) throws InterruptedException {
		make(Kind.TRANSACTIONAL, number, context);
	}

	@JobHandler("undone")
	@Transactional
	public void undone(Long number, JobContext context) throws InterruptedException {
		make(Kind.UNDONE, number, context);
	}

	private void make(Kind kind, long number, JobContext context) throws InterruptedException {
		this.attempts.make(kind, number, context,
				() -> this.jdbc.update(SQL, number, context.job().id().value(), context.attempt()));
	}

}

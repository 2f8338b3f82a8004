package io.tasuki.transaction;

import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.JobContext;
import io.tasuki.JobResult;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The writes of handlers under test, and what each handler does after its write.
 */
class Effects {

	static final String TABLE = "create table effect (job_id bigint not null, attempt integer not null)";

	private final JdbcTemplate jdbc;

	private final CopyOnWriteArrayList<Integer> attempts = new CopyOnWriteArrayList<>();

	private volatile Callable<@Nullable JobResult> then = JobResult::done;

	Effects(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Sets what follows the write.
	 */
	void then(Callable<@Nullable JobResult> then) {
		this.then = then;
	}

	JobResult write(JobContext context) throws Exception {
		this.attempts.add(context.attempt());
		this.jdbc.update("insert into effect values (?, ?)", context.job().id().value(), context.attempt());
		JobResult result = this.then.call();
		return (result != null) ? result : JobResult.done();
	}

	/**
	 * Returns the attempts in which handlers were called, in order.
	 */
	CopyOnWriteArrayList<Integer> attempts() {
		return this.attempts;
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

}

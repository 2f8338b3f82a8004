package io.tasuki.postgres;

import org.springframework.jdbc.core.JdbcOperations;

/** Deletes what a worker said of itself, because it stops. */
final class WithdrawWorker {

	static final String SQL = """
			delete from tasuki.worker
			 where id = ?
			""";

	private final JdbcOperations jdbc;

	WithdrawWorker(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	void run(long id) {
		this.jdbc.update(SQL, id);
	}

}

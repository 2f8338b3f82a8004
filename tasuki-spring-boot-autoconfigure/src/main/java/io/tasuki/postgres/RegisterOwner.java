package io.tasuki.postgres;

import org.springframework.jdbc.core.JdbcOperations;

/** Writes down which worker claims under an owner, or that it still does. */
final class RegisterOwner {

	// Commits asynchronously, as the claims after it do: it is never lost without them.
	static final String SQL = """
			insert into tasuki.owner (id, worker, worker_id, opened_at, seen_at)
			select ?, ?, ?, now(), now()
			 where (select set_config('synchronous_commit', 'off', true)) is not null
			on conflict (id) do update
			   set seen_at = now()
			""";

	private final JdbcOperations jdbc;

	RegisterOwner(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	void run(long owner, WorkerIdentity worker) {
		this.jdbc.update(SQL, owner, Texts.storable(worker.name().value()), worker.id());
	}

}

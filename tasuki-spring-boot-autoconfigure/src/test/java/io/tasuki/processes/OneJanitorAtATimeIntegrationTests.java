package io.tasuki.processes;

import java.util.List;
import java.util.Map;

import io.tasuki.faults.FaultTest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Janitors of several processes. */
@FaultTest
class OneJanitorAtATimeIntegrationTests {

	private static final int LETTERS = 3_000;

	private static final int ROUNDS = 5;

	// Holds up whoever deletes the oldest letter, until somebody opens.
	private static final String HOLD_UP = """
			create table opened (at timestamptz);
			create function hold_up() returns trigger language plpgsql as $$
			begin
			  while not exists (select from opened) loop
			    perform pg_sleep(0.02);
			  end loop;
			  return old;
			end $$;
			create trigger hold_up before delete on tasuki.job_dead for each row when (old.id = 1)
			  execute function hold_up();
			""";

	private static final String HELD_UP = """
			select count(*)
			  from pg_stat_activity
			 where datname = current_database()
			   and query like 'delete from tasuki.job_dead%'
			   and state = 'active'
			   and pid <> pg_backend_pid()
			""";

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@Test
	@DisplayName("S27: one janitor works at a time, and when its process is killed in the middle of a round another goes on")
	void anotherGoesOnWhenTheOneAtWorkIsKilled() { // B48
		this.queue.jdbc().execute(HOLD_UP);
		bury();
		WorkerProcess first = startJanitor();
		QueueTables.await("the first is in the middle of a round").until(() -> this.queue.number(HELD_UP) == 1);
		WorkerProcess second = startJanitor();
		String tomorrow = "tasuki.job_archive_" + this.queue.jdbc()
			.queryForObject("select to_char(now() at time zone 'UTC' + interval '1 day', 'YYYYMMDD')", String.class);
		this.queue.jdbc().execute("drop table " + tomorrow);
		QueueTables.await("the second has come round").until(() -> rounds(second) >= ROUNDS);
		assertThat(this.queue.dead()).isEqualTo(LETTERS);
		assertThat(exists(tomorrow)).isFalse();
		assertThat(rounds(first)).isZero();
		first.kill9();
		QueueTables.await("the second has done what the first left").until(() -> this.queue.dead() == 1_000);
		assertThat(exists(tomorrow)).isTrue();
		this.queue.jdbc().update("insert into opened values (now())");
		QueueTables.await("the second has done all").until(() -> this.queue.dead() == 0);
		assertThat(second.isAlive()).isTrue();
	}

	private WorkerProcess startJanitor() {
		WorkerProcess janitor = this.processes.start(JanitorMain.class, this.queue.database(), List.of(), Map.of());
		janitor.awaitReady();
		return janitor;
	}

	private static long rounds(WorkerProcess janitor) {
		return janitor.output().lines().filter("ROUND"::equals).count();
	}

	private boolean exists(String table) {
		return this.queue.number("select count(to_regclass(?))", table) == 1;
	}

	// The oldest letter is the first of the first page, and held up with all of that
	// page.
	private void bury() {
		this.queue.jdbc()
			.update("""
					insert into tasuki.job_dead (id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue,
					                             kind, reason)
					select number, now(), now(), now() - interval '30 days' + number * interval '1 second', 1, 1, 5, 0,
					       'default', 'work', 'why'
					  from generate_series(1, ?) as number
					""",
					LETTERS);
	}

}

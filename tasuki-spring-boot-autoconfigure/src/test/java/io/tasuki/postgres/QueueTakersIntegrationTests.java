package io.tasuki.postgres;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.tasuki.store.QueueTakers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

class QueueTakersIntegrationTests {

	private static TestDatabase database;

	private final PostgresQueueInspection inspection = new PostgresQueueInspection(database.dataSource);

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void clear() {
		database.clear();
		database.jdbc.execute("truncate tasuki.worker, tasuki.queue");
	}

	@Test
	void findsTheQueuesThatHoldJobsBesideThoseItIsAskedFor() {
		database.insert("default", "work", 5, "-1 hour");
		database.insert("mial", "work", 5, "1 hour");
		database.insert("mial", "work", 0, "-1 hour");
		assertThat(takers("default", "mail")).containsOnlyKeys("default", "mail", "mial")
			.containsEntry("mial", QueueTakers.none("mial"));
	}

	@Test
	void countsLiveWorkersThatDoNotDrain() { // B55
		insertWorker(1, "{default,mail}", "{letter,parcel}", "0 seconds", false);
		insertWorker(2, "{default,mail}", "{letter,parcel}", "29 seconds", false);
		insertWorker(3, "{mail}", "{parcel,card}", "0 seconds", false);
		insertWorker(4, "{mail}", "{drained}", "0 seconds", true);
		insertWorker(5, "{mail}", "{gone}", "31 seconds", false);
		Map<String, QueueTakers> takers = takers("default", "mail", "none");
		assertThat(takers.get("default")).isEqualTo(new QueueTakers("default", null, 2, Set.of("letter", "parcel")));
		assertThat(takers.get("mail")).isEqualTo(new QueueTakers("mail", null, 3, Set.of("letter", "parcel", "card")));
		assertThat(takers.get("none")).isEqualTo(QueueTakers.none("none"));
	}

	@Test
	void saysHowLongAQueueHasBeenPaused() { // B50
		database.jdbc
			.update("insert into tasuki.queue (name, paused_at) values ('mail', now() - interval '14 minutes')");
		database.jdbc.update("insert into tasuki.queue (name, concurrency) values ('default', 3)");
		Map<String, QueueTakers> takers = takers("default", "mail");
		assertThat(takers.get("mail").pausedFor()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(16));
		assertThat(takers.get("default").pausedFor()).isNull();
	}

	@Test
	void findsSoManyQueuesAndNoMore() { // S21
		int limit = PostgresQueueInspection.MOST_QUEUES;
		database.jdbc.update("insert into tasuki.job (queue, kind) select 'q' || to_char(number, 'FM0000'), 'work'"
				+ " from generate_series(1, ?) as number", limit + 1);
		assertThat(takers("q9999")).hasSize(limit + 1).containsKey("q9999").doesNotContainKey("q0101");
	}

	@Test
	void probesQueuesByTheIndexAndSortsNothing() { // S21
		database.insertMany(20_000);
		database.jdbc.execute("vacuum analyze tasuki.job");
		EngineConnection connection = database.connection();
		try {
			String sql = FindQueueTakers.SQL.replaceFirst("\\?", "100")
				.replaceFirst("\\?", "1000")
				.replaceFirst("\\?", "'{default}'");
			String plan = String.join("\n",
					new JdbcTemplate(connection).queryForList("explain (analyze) " + sql, String.class));
			assertThat(plan).contains("job_ready", "worker_pk", "queue_pk")
				.doesNotContain("Seq Scan on job", "Seq Scan on worker", "Sort", "JIT");
		}
		finally {
			connection.discard();
		}
	}

	private Map<String, QueueTakers> takers(String... queues) {
		return this.inspection.takers(Set.of(queues))
			.stream()
			.collect(Collectors.toMap(QueueTakers::queue, Function.identity()));
	}

	private static void insertWorker(long id, String queues, String kinds, String seenAgo, boolean draining) {
		database.jdbc.update("""
				insert into tasuki.worker (
				       id, started_at, seen_at, lease, pid, slots, slots_in_use, draining, name, host, queues, kinds,
				       limits, job_ids, held_since)
				values (?, now(), now() - ?::interval, '30 seconds', 1, 4, 0, ?, 'w', 'h', ?::text[], ?::text[],
				        '[]', '{}', '{}')""", id, seenAgo, draining, queues, kinds);
	}

}

package io.tasuki.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.tasuki.JobId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Enqueueing from SQL, as other languages do. */
@Timeout(60)
class EnqueueFunctionIntegrationTests {

	private static TestDatabase database;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void clear() {
		database.clear();
	}

	@Test
	void storesAJobWithAllDefaults() { // B3
		Map<String, Object> answer = enqueue("'greet'");
		assertThat(answer).containsEntry("created", true);
		assertThat(new QueueClient(database.dataSource).find(new JobId((long) answer.get("id"))))
			.hasValueSatisfying((found) -> {
				assertThat(found.job().kind()).isEqualTo("greet");
				assertThat(found.job().queue()).isEqualTo("default");
				assertThat(found.job().payload()).isNull();
				assertThat(found.job().priority()).isEqualTo(5);
				assertThat(found.job().maxAttempts()).isNull();
			});
		assertThat(dueInSeconds()).isBetween(-60L, 0L);
	}

	@Test
	void storesAllThatIsSaid() { // B3, B5, B7, B8, B9, B10, B12, B13
		enqueue("""
				'greet', '{"name": "ada"}', queue => 'mail', priority => 0, delay => '1 hour', max_attempts => 7,
				unique_key => 'k', label => 'l', metadata => '{"a": "b"}'""");
		assertThat(database.jdbc.queryForMap("select *, payload::text as p, metadata::text as m from tasuki.job"))
			.containsEntry("kind", "greet")
			.containsEntry("queue", "mail")
			.containsEntry("priority", 0)
			.containsEntry("max_attempts", 7)
			.containsEntry("unique_key", "k")
			.containsEntry("label", "l")
			.containsEntry("p", "{\"name\": \"ada\"}")
			.containsEntry("m", "{\"a\": \"b\"}");
		assertThat(dueInSeconds()).isBetween(3_500L, 3_600L);
	}

	@Test
	void takesItsParametersInTheOrderThatIsPromised() { // B3
		enqueue("'greet', '1', 'mail', 3, null, '2100-01-01 00:00:00+00', 7, 'k', 'l', '{}'");
		assertThat(database.jdbc.queryForMap("""
				select kind, payload::text, queue, priority, run_at = '2100-01-01 00:00:00+00' as at, max_attempts,
				       unique_key, label, metadata::text from tasuki.job""").values()).asString()
			.isEqualTo("[greet, 1, mail, 3, true, 7, k, l, {}]");
	}

	@Test
	void isPartOfTheCallersTransaction() { // B1
		database.transactions.executeWithoutResult((status) -> {
			enqueue("'greet'");
			status.setRollbackOnly();
		});
		assertThat(database.count("job")).isZero();
	}

	@Test
	void answersWithTheJobThatHasTheKey() { // B10
		Map<String, Object> first = enqueue("'greet', unique_key => 'k'");
		Map<String, Object> second = enqueue("'greet', unique_key => 'k'");
		assertThat(second).containsEntry("id", first.get("id")).containsEntry("created", false);
		assertThat(enqueue("'greet', unique_key => 'k', queue => 'other'")).containsEntry("created", true);
		assertThat(database.count("job")).isEqualTo(2);
	}

	@Test
	@DisplayName("S15: of 32 calls of the function with one key, one stores a job and the others are told which")
	void storesOneJobOfManyWithTheSameKey() {
		List<CompletableFuture<Map<String, Object>>> calls = IntStream.range(0, 32)
			.mapToObj((number) -> CompletableFuture.supplyAsync(() -> enqueue("'greet', unique_key => 'k'")))
			.toList();
		List<Map<String, Object>> answers = calls.stream().map(CompletableFuture::join).toList();
		assertThat(answers).filteredOn((answer) -> Boolean.TRUE.equals(answer.get("created"))).hasSize(1);
		assertThat(answers).extracting((answer) -> answer.get("id")).containsOnly(answers.get(0).get("id"));
		assertThat(database.count("job")).isOne();
	}

	@Test
	@DisplayName("S16: a call of the function that waits for a transaction with the same key stores its job after a rollback")
	void storesTheJobWhenTheHolderOfTheKeyRollsBack() {
		CompletableFuture<Map<String, Object>> second = database.transactions.execute((status) -> {
			enqueue("'greet', unique_key => 'k'");
			CompletableFuture<Map<String, Object>> waiting = CompletableFuture
				.supplyAsync(() -> enqueue("'greet', unique_key => 'k'"));
			Awaitility.await("the second call waits for the first")
				.atMost(Duration.ofSeconds(60))
				.until(() -> Boolean.TRUE.equals(database.jdbc.queryForObject("""
						select count(*) = 1 from pg_stat_activity
						 where datname = current_database() and wait_event_type = 'Lock'
						""", Boolean.class)));
			status.setRollbackOnly();
			return waiting;
		});
		assertThat(second.join()).containsEntry("created", true);
		assertThat(database.count("job")).isOne();
	}

	@Test
	@DisplayName("S16: a call of the function that waits for a transaction with the same key is told of its job after a commit")
	void findsTheJobOfATransactionThatItWaitedFor() {
		CompletableFuture<Map<String, Object>> second = database.transactions.execute((status) -> {
			enqueue("'greet', unique_key => 'k'");
			CompletableFuture<Map<String, Object>> waiting = CompletableFuture
				.supplyAsync(() -> enqueue("'greet', unique_key => 'k'"));
			Awaitility.await("the second call waits for the first")
				.atMost(Duration.ofSeconds(60))
				.until(() -> Boolean.TRUE.equals(database.jdbc.queryForObject("""
						select count(*) = 1 from pg_stat_activity
						 where datname = current_database() and wait_event_type = 'Lock'
						""", Boolean.class)));
			return waiting;
		});
		assertThat(second.join()).containsEntry("created", false);
		assertThat(database.count("job")).isOne();
	}

	static List<Arguments> mistakes() {
		return List.of(mistake("null", "Kind must not be null or blank"),
				mistake("' '", "Kind must not be null or blank"),
				mistake("repeat('k', 129)", "Kind must have at most 128 characters, but this one has 129"),
				mistake("'greet', queue => ''", "Queue name must not be blank"),
				mistake("'greet', queue => repeat('q', 10000)", "Queue name must have at most 128 characters"),
				mistake("'greet', unique_key => ' '", "Unique key must not be blank"),
				mistake("'greet', unique_key => repeat('k', 10000)",
						"Unique key must have at most 512 characters, but this one has 10000"),
				mistake("'greet', label => ''", "Label must not be blank"),
				mistake("'greet', label => repeat('l', 257)", "Label must have at most 256 characters"),
				mistake("E'gr\\neet'", "must not contain control characters"),
				mistake("'greet', queue => chr(133) || 'q'", "must not contain control characters"),
				mistake("'greet', priority => 10", "Priority must be from 0 (first) to 9 (last), not 10"),
				mistake("'greet', priority => -1", "Priority must be from 0 (first) to 9 (last), not -1"),
				mistake("'greet', priority => null", "Priority must be from 0 (first) to 9 (last), not <NULL>"),
				mistake("'greet', max_attempts => 0", "Max attempts must be from 1 to 32767, not 0"),
				mistake("'greet', delay => '-1 second'", "Delay must be from zero to 365000 days"),
				mistake("'greet', delay => '2000 years'", "Delay must be from zero to 365000 days"),
				mistake("'greet', run_at => 'infinity'", "Run-at must not be after 9999-12-31 23:59:59 UTC"),
				mistake("'greet', run_at => '10000-01-01 00:00:00+00'",
						"Run-at must not be after 9999-12-31 23:59:59 UTC"),
				mistake("'greet', delay => '1 day', run_at => now()", "A job has a delay or a run-at, not both"),
				mistake("'greet', metadata => '[]'", "Metadata must be a JSON object whose values are strings"),
				mistake("'greet', metadata => '{\"a\": 1}'", "Metadata must be a JSON object whose values are strings"),
				mistake("'greet', metadata => '{\" \": \"1\"}'",
						"A name in metadata must have from 1 to 128 characters"),
				mistake("'greet', metadata => jsonb_build_object('a', repeat('x', 1000000))",
						"Metadata must have at most 10000 characters, names and values together"));
	}

	private static Arguments mistake(String arguments, String message) {
		return Arguments.of(arguments, message);
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void refusesWhatJavaRefuses(String arguments, String message) { // B3
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> enqueue(arguments))
			.havingRootCause()
			.isInstanceOf(SQLException.class)
			.satisfies((cause) -> assertThat(((SQLException) cause).getSQLState()).isEqualTo("22023"))
			.withMessageContaining(message)
			.withMessageContaining("This was asked for a job of kind");
		assertThat(database.count("job")).isZero();
	}

	@Test
	void enqueuesManyInOneStatement() { // B4
		assertThat(database.jdbc.queryForList("""
				select job.id
				  from generate_series(1, 100) as n
				 cross join lateral tasuki.enqueue('greet', jsonb_build_object('n', n)) as job
				""", Long.class)).doesNotHaveDuplicates().hasSize(100);
		assertThat(database.count("job")).isEqualTo(100);
	}

	@Test
	void runsWithTheRightsOfItsCaller() { // B1
		TestDatabase role = database.asNewRole("may_not_enqueue");
		database.jdbc.execute("grant usage on schema tasuki to may_not_enqueue");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> role.jdbc.queryForMap("select * from tasuki.enqueue('greet')"))
			.havingRootCause()
			.withMessageContaining("permission denied for table job");
		database.jdbc.execute("grant select, insert on tasuki.job to may_not_enqueue");
		assertThat(role.jdbc.queryForMap("select * from tasuki.enqueue('greet', unique_key => 'k')"))
			.containsEntry("created", true);
	}

	private static Map<String, Object> enqueue(String arguments) {
		return database.jdbc.queryForMap("select * from tasuki.enqueue(" + arguments + ")");
	}

	private static long dueInSeconds() {
		Long seconds = database.jdbc.queryForObject(
				"select extract(epoch from run_at - clock_timestamp())::bigint from tasuki.job", Long.class);
		return (seconds != null) ? seconds : Long.MIN_VALUE;
	}

}

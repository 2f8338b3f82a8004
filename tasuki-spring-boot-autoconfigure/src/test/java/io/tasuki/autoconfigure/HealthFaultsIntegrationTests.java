package io.tasuki.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;

import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.annotation.JobHandler;
import io.tasuki.faults.FaultTest;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.EmbeddedPostgresServer;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.postgres.SchemaInitializer;
import io.tasuki.worker.Worker;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** For each row of health something breaks, and health says what, and what to do. */
@FaultTest
class HealthFaultsIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final DriverManagerDataSource dataSource = new DriverManagerDataSource(this.database.jdbcUrl(),
			this.database.username(), this.database.password());

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private final Handlers handlers = new Handlers();

	@AfterEach
	void letHandlersEnd() {
		this.handlers.finish.countDown();
	}

	private ApplicationContextRunner application(Database database) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, TasukiAutoConfiguration.class,
					TasukiOperationsAutoConfiguration.class, TasukiWorkerAutoConfiguration.class,
					TasukiHealthAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class,
					HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
					HealthEndpointAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class))
			.withBean(Handlers.class, () -> this.handlers)
			.withPropertyValues("spring.datasource.url=" + database.jdbcUrl(),
					"spring.datasource.username=" + database.username(),
					"spring.datasource.password=" + database.password());
	}

	@Test
	@DisplayName("Health: a worker that drains, and one that is stopped, are out of service")
	void tellsAWorkerThatDrainsAndOneThatIsStopped() { // B51
		application(this.database).run((context) -> {
			awaitWell(context);
			context.getBean(JobClient.class).enqueue(new Hold());
			await().until(() -> this.handlers.started.getCount() == 0);
			Thread stop = new Thread(context.getBean(Worker.class)::stop);
			stop.start();
			JsonNode draining = awaitProblem(context, "worker", "The worker drains: it takes no more jobs, and 1 job");
			assertThat(status(draining)).isEqualTo("OUT_OF_SERVICE");
			print("draining", draining);
			this.handlers.finish.countDown();
			JsonNode stopped = awaitProblem(context, "worker", "The worker is stopped");
			assertThat(status(stopped)).isEqualTo("OUT_OF_SERVICE");
			print("stopped", stopped);
			stop.join(60_000);
			context.getBean(Worker.class).start();
			awaitWell(context);
		});
	}

	@Test
	@DisplayName("Health: the server is stopped: down at once, while liveness and readiness stay up")
	void tellsADatabaseThatIsAwayAndTakesNoPodOut() { // B51
		try (EmbeddedPostgresServer server = EmbeddedPostgresServer.startTemporary()) {
			Database own = new Database(server.jdbcUrl("postgres"), server.username(), server.password());
			application(own).run((context) -> {
				AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
				AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
				awaitWell(context);
				server.stopImmediately();
				JsonNode away = awaitProblem(context, "database", "The database does not answer the worker");
				assertThat(status(away)).isEqualTo("DOWN");
				assertThat(problems(away)).hasSize(1);
				assertThat(status(json(context, "liveness"))).isEqualTo("UP");
				assertThat(status(json(context, "readiness"))).isEqualTo("UP");
				long begin = System.nanoTime();
				json(context, "tasuki");
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
				print("database", away);
				print("database, liveness", json(context, "liveness"));
				server.restart();
				awaitWell(context);
			});
		}
	}

	@Test
	@DisplayName("Health: somebody ends the connection that listens, again and again")
	void tellsAListenerThatIsAway() { // B51
		application(this.database).run((context) -> {
			awaitWell(context);
			JsonNode deaf = await().until(() -> {
				this.jdbc.queryForList("select pg_terminate_backend(pid) from pg_stat_activity"
						+ " where datname = current_database() and application_name = 'tasuki'");
				return json(context, "tasuki");
			}, (health) -> has(health, "listener", "Wake-ups of other instances do not arrive"));
			assertThat(status(deaf)).isEqualTo("UP");
			print("listener", deaf);
			awaitWell(context);
		});
	}

	@Test
	@DisplayName("Health: a handler ignores its timeout and keeps its slot")
	void namesTheJobThatKeepsItsSlot() { // B29, B51
		application(this.database).withPropertyValues("tasuki.worker.handler-timeout=300ms").run((context) -> {
			context.getBean(JobClient.class).enqueue(new Deaf());
			JsonNode stuck = awaitProblem(context, "stuckSlots",
					"of kind 'Deaf' in queue 'default' (attempt 1, thread");
			assertThat(status(stuck)).isEqualTo("UP");
			assertThat(stuck.path("details").path("stuckSlots").asInt()).isOne();
			print("stuck slot", stuck);
			this.handlers.finish.countDown();
			awaitWell(context);
		});
	}

	@Test
	@DisplayName("Health: jobs are due for long in a paused queue and in one that nobody serves")
	void saysWhyQueuesAreLate() { // B50, B51
		new SchemaInitializer(this.dataSource).initialize();
		this.jdbc.update("insert into tasuki.queue (name, paused_at) values ('mail', now() - interval '14 minutes')");
		insert("mail", "Count", 1_204, "12 minutes");
		insert("mial", "Count", 3, "20 minutes");
		insert("reports", "Count", 1, "2 hours");
		application(this.database)
			.withPropertyValues("tasuki.queues.mail.concurrency=4", "tasuki.health.queue-due-age.reports=8h")
			.run((context) -> {
				JsonNode late = awaitProblem(context, "lateQueues", "of queue 'mail' has waited for 12 min");
				assertThat(has(late, "lateQueues", "of queue 'mial' has waited for 20 min")).isTrue();
				assertThat(problems(late, "lateQueues")).hasSize(2)
					.extracting((problem) -> problem.path("whatToDo").asString())
					.satisfiesExactly((mial) -> assertThat(mial).startsWith("No live worker looks into this queue."),
							(mail) -> assertThat(mail).isEqualTo("The queue has been paused for 14 min."
									+ " Resume it: QueueOperations.resume(\"mail\"),"
									+ " or POST /actuator/tasuki/queues/mail/resume"));
				assertThat(status(late)).isEqualTo("UP");
				print("late queues", late);
			});
	}

	@Test
	@DisplayName("Health: jobs are due for long because all slots are taken")
	void saysThatALateQueueHasAWorker() { // B51
		application(this.database).withPropertyValues("tasuki.worker.concurrency=1").run((context) -> {
			context.getBean(JobClient.class).enqueue(new Hold());
			await().until(() -> this.handlers.started.getCount() == 0);
			insert("default", "Count", 7, "10 minutes");
			JsonNode late = awaitProblem(context, "lateQueues", "of queue 'default' has waited for 10 min");
			assertThat(has(late, "lateQueues", "7 jobs are due")).isTrue();
			assertThat(problems(late, "lateQueues")).singleElement()
				.extracting((problem) -> problem.path("whatToDo").asString())
				.asString()
				.startsWith("1 live worker looks into this queue. JobOperations.explain, or GET");
			print("busy queue", late);
			this.handlers.finish.countDown();
			awaitWell(context);
		});
	}

	@Test
	@DisplayName("Health: jobs wait whose kind no live worker handles")
	void namesKindsThatNobodyHandles() { // B20, B51
		new SchemaInitializer(this.dataSource).initialize();
		insert("default", "invoice", 3, "2 minutes");
		insert("default", "refund", 1, "5 seconds");
		application(this.database).run((context) -> {
			JsonNode unknown = awaitProblem(context, "unknownKinds",
					"3 of kind 'invoice' (the oldest due for 2 min), 1 of kind 'refund' (the oldest due for");
			assertThat(status(unknown)).isEqualTo("UP");
			print("unknown kinds", unknown);
			this.jdbc.update("delete from tasuki.job");
			awaitWell(context);
		});
	}

	@Test
	@DisplayName("Health: the worker's role may write dead letters and not read them")
	void saysWhatKeepsItFromLooking() { // B51
		new SchemaInitializer(this.dataSource).initialize();
		this.jdbc.execute("create role writer login password 'writer'");
		try {
			this.jdbc.execute("grant usage on schema tasuki to writer");
			this.jdbc.execute("grant select, insert, update, delete on all tables in schema tasuki to writer");
			this.jdbc.execute("grant usage on all sequences in schema tasuki to writer");
			this.jdbc.execute("revoke select on tasuki.job_dead from writer");
			application(new Database(this.database.jdbcUrl(), "writer", "writer")).run((context) -> {
				context.getBean(JobClient.class).enqueue(new Count());
				await().until(() -> this.handlers.counted.getCount() == 0);
				JsonNode blind = awaitProblem(context, "look", "ERROR: permission denied for table job_dead");
				assertThat(status(blind)).isEqualTo("UP");
				assertThat(problems(blind, "look")).singleElement()
					.extracting((problem) -> problem.path("whatToDo").asString())
					.asString()
					.contains("the role may read all tables of the schema tasuki");
				print("look", blind);
				this.jdbc.execute("grant select on tasuki.job_dead to writer");
				awaitWell(context);
			});
		}
		finally {
			this.jdbc.execute("drop owned by writer");
			this.jdbc.execute("drop role writer");
		}
	}

	private void insert(String queue, String kind, int jobs, String dueFor) {
		this.jdbc.update(
				"insert into tasuki.job (queue, kind, payload, run_at)"
						+ " select ?, ?, '{}', now() - ?::interval from generate_series(1, ?)",
				queue, kind, dueFor, jobs);
	}

	private static void awaitWell(ApplicationContext context) {
		await().until(() -> json(context, "tasuki"),
				(health) -> status(health).equals("UP") && problems(health).isEmpty());
	}

	private static JsonNode awaitProblem(ApplicationContext context, String check, String text) {
		return await().until(() -> json(context, "tasuki"), (health) -> has(health, check, text));
	}

	private static boolean has(JsonNode health, String check, String text) {
		return problems(health, check).stream()
			.anyMatch((problem) -> problem.path("problem").asString("").contains(text));
	}

	private static List<JsonNode> problems(JsonNode health, String check) {
		return problems(health).stream().filter((problem) -> problem.path("check").asString("").equals(check)).toList();
	}

	private static List<JsonNode> problems(JsonNode health) {
		return StreamSupport.stream(health.path("details").path("problems").spliterator(), false).toList();
	}

	private static String status(JsonNode health) {
		return health.path("status").asString("");
	}

	private static JsonNode json(ApplicationContext context, String path) {
		return JsonMapper.shared().valueToTree(context.getBean(HealthEndpoint.class).healthForPath(path));
	}

	/** The page shows what came back: each remedy stands there word for word. */
	private static void print(String row, JsonNode health) throws IOException {
		System.out.println("Health, %s: %s".formatted(row, health));
		String page = Files.readString(Path.of("../docs/health.md"));
		assertThat(problems(health))
			.allSatisfy((problem) -> assertThat(page).contains("\"whatToDo\": " + problem.path("whatToDo").toString()));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

	record Count() {
	}

	record Hold() {
	}

	record Deaf() {
	}

	/** Wait until they are let go. */
	static class Handlers {

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch finish = new CountDownLatch(1);

		private final CountDownLatch counted = new CountDownLatch(1);

		@JobHandler
		void count(Count job) {
			this.counted.countDown();
		}

		@JobHandler
		void hold(Hold job) throws InterruptedException {
			this.started.countDown();
			this.finish.await();
		}

		@JobHandler
		void ignoreInterrupts(Deaf job, JobContext context) {
			while (context.attempt() == 1 && this.finish.getCount() > 0) {
				try {
					this.finish.await();
				}
				catch (InterruptedException ex) {
					// That is the point.
				}
			}
		}

	}

}

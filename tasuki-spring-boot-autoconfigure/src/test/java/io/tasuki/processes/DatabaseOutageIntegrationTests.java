package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.faults.FaultTest;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.EmbeddedPostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers whose database goes away and comes back. */
@FaultTest
class DatabaseOutageIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(3);

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(LEASE).withConcurrency(6);

	private static final String LEASED = """
			select count(*)
			  from tasuki.job
			 where lease_expires_at is not null
			""";

	private static EmbeddedPostgresServer server;

	private static int databases;

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables(freshDatabase());

	@BeforeAll
	static void startServer() {
		server = EmbeddedPostgresServer.startTemporary();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	private static Database freshDatabase() {
		String name = "outage_" + ++databases;
		server.createDatabase(name);
		return new Database(server.jdbcUrl(name), server.username(), server.password());
	}

	@Test
	@DisplayName("S30: the server is down for longer than a lease: nobody's live job is taken over")
	void keepsLiveJobsWhenTheServerWasDownForLongerThanALease() throws IOException {
		keepsLiveJobs(server::stopImmediately, server::restart);
	}

	@Test
	@DisplayName("S30: the server stands still for longer than a lease: nobody's live job is taken over")
	void keepsLiveJobsWhenTheServerStoodStillForLongerThanALease() throws IOException {
		List<Long> processes = new ArrayList<>();
		keepsLiveJobs(() -> {
			processes.addAll(serverProcesses());
			Signals.send("STOP", processes);
		}, () -> Signals.send("CONT", processes));
	}

	@Test
	@DisplayName("S30: the database refuses everybody for longer than a lease: nobody's live job is taken over")
	void keepsLiveJobsWhenTheDatabaseRefusedConnectionsForLongerThanALease() throws IOException {
		keepsLiveJobs(() -> admitConnections(false), () -> admitConnections(true));
	}

	private void keepsLiveJobs(Runnable away, Runnable back) throws IOException {
		List<WorkerProcess> workers = List.of(startWorker(), startWorker());
		Path during = this.processes.folder().resolve("during");
		Path after = this.processes.folder().resolve("after");
		List<Long> jobs = new ArrayList<>();
		for (int i = 0; i < OPTIONS.concurrency(); i++) {
			jobs.add(this.queue.enqueueAtGate(during));
			jobs.add(this.queue.enqueueAtGate(after));
		}
		jobs.forEach((job) -> this.queue.awaitStarts(job, 1));
		long gone = System.nanoTime();
		away.run();
		try {
			Files.createFile(during);
			QueueTables.await("all leases have run out")
				.until(() -> System.nanoTime() - gone > LEASE.toNanos() * 4 / 3);
		}
		finally {
			back.run();
		}
		QueueTables.await("what ended meanwhile is recorded").until(() -> this.queue.archived() == jobs.size() / 2);
		QueueTables.await("two heartbeats later").until(() -> System.nanoTime() - gone > LEASE.toNanos() * 3);
		Files.createFile(after);
		this.queue.awaitEmpty();
		assertThat(this.queue.archived()).isEqualTo(jobs.size());
		assertThat(this.queue.repeatedStarts()).isZero();
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where lease_no <> 1 or crashes <> 0"))
			.isZero();
		assertThat(workers).allSatisfy((worker) -> assertThat(worker.isAlive()).isTrue());
	}

	@Test
	@DisplayName("S12: the server crashes under load: workers come back by themselves and nothing is lost")
	void losesNothingWhenTheServerCrashesUnderLoad() {
		int jobs = 6_000;
		List<WorkerProcess> workers = List.of(startWorker(), startWorker());
		this.queue.enqueueMany("count", jobs);
		QueueTables.await("a third has run").until(() -> this.queue.startCount() > jobs / 3);
		server.stopImmediately();
		// They stand still while the rows are counted that the crash has left.
		workers.forEach(WorkerProcess::stop);
		server.restart();
		long leased = QueueTables.await("the server answers").until(() -> this.queue.number(LEASED), (count) -> true);
		long run = this.queue.startCount();
		workers.forEach(WorkerProcess::resume);
		this.queue.awaitEmpty();
		long repeated = this.queue.repeatedStarts();
		System.out.printf("S12: crash after %d runs, %d rows were leased, %d runs beyond the first%n", run, leased,
				repeated);
		assertThat(this.queue.distinctStarts()).isEqualTo(jobs);
		assertThat(this.queue.archived()).isEqualTo(jobs);
		assertThat(this.queue.dead()).isZero();
		assertThat(repeated).isLessThanOrEqualTo(leased);
		assertThat(workers).allSatisfy((worker) -> assertThat(worker.isAlive()).isTrue());
	}

	@Test
	@DisplayName("S12: every connection of the workers is terminated each second: nothing is lost, little is logged")
	void losesNothingWhenConnectionsAreTerminatedEachSecond() {
		int jobs = 1_500;
		List<WorkerProcess> workers = List.of(startWorker(), startWorker());
		this.queue.enqueueMany("slow", "30", jobs);
		int rounds = 0;
		while (this.queue.live() > 0 && rounds < 4) {
			rounds++;
			assertThat(this.queue.number("""
					select count(pg_terminate_backend(pid)) from pg_stat_activity
					 where datname = current_database() and application_name like 'tasuki%'""")).isPositive();
			long begin = System.nanoTime();
			QueueTables.await("the next round").until(() -> System.nanoTime() - begin > 1_000_000_000L);
		}
		this.queue.awaitEmpty();
		System.out.printf("S12: connections terminated %d times, %d jobs claimed more than once%n", rounds,
				this.queue.number("select count(*) from tasuki.job_archive where lease_no > 1"));
		assertThat(this.queue.startCount()).isEqualTo(jobs);
		assertThat(this.queue.distinctStarts()).isEqualTo(jobs);
		assertThat(this.queue.archived()).isEqualTo(jobs);
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where attempt <> 1")).isZero();
		for (WorkerProcess worker : workers) {
			assertThat(worker.isAlive()).isTrue();
			assertOneLinePerChange(worker, "does not answer the poller", "answers the poller again", rounds);
			assertOneLinePerChange(worker, "does not answer the completer", "answers the completer again", rounds);
			assertOneLinePerChange(worker, "Cannot hear", "Hearing", rounds);
		}
	}

	private static void assertOneLinePerChange(WorkerProcess worker, String away, String back, int outages) {
		List<Boolean> changes = worker.output()
			.lines()
			.filter((line) -> line.contains(away) || line.contains(back))
			.map((line) -> line.contains(away))
			.toList();
		for (int i = 0; i < changes.size(); i++) {
			assertThat(changes.get(i)).as("change %d of '%s' and '%s'", i, away, back).isEqualTo(i % 2 == 0);
		}
		assertThat(changes).hasSizeLessThanOrEqualTo(2 * outages);
	}

	private WorkerProcess startWorker() {
		return this.processes.startWorker(this.queue.database(), OPTIONS);
	}

	private static List<Long> serverProcesses() {
		List<Long> all = new ArrayList<>();
		ProcessHandle.of(server.processId()).ifPresent((postmaster) -> {
			all.add(postmaster.pid());
			postmaster.descendants().map(ProcessHandle::pid).forEach(all::add);
		});
		return all;
	}

	private void admitConnections(boolean admit) {
		String name = this.queue.database().jdbcUrl().replaceAll(".*/", "");
		JdbcTemplate postgres = new JdbcTemplate(
				new DriverManagerDataSource(server.jdbcUrl("postgres"), server.username(), server.password()));
		postgres.execute("alter database %s allow_connections %b".formatted(name, admit));
		if (!admit) {
			postgres.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?", (row) -> {
			}, name);
		}
	}

}

package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.tasuki.faults.FaultTest;
import io.tasuki.processes.QueueTables.Start;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers whose network to the database breaks. Only the engine's own connections lead
 * through the proxy: handlers write their ledger on a sound one.
 */
@FaultTest
class BrokenNetworkIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(LEASE);

	// A part of the claim's text that no other statement has.
	private static final String CLAIM = "attempt + 1 else attempt";

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@AutoClose
	private final TcpProxy network = TcpProxy.before(this.queue.database());

	@Test
	@DisplayName("S12: connections dropped and refused again and again under load lose no job, and none runs twice")
	void runsEachJobOnceHoweverOftenConnectionsAreDropped() {
		int jobs = 2_000;
		List<WorkerProcess> workers = List.of(startBehindNetwork(OPTIONS), startBehindNetwork(OPTIONS));
		this.queue.enqueueMany("slow", "5", jobs);
		int drops = 0;
		while (this.queue.live() > 0 && drops < 25) {
			drops++;
			this.network.refuseConnections();
			this.network.dropConnections();
			pauseUpTo(Duration.ofMillis(100));
			this.network.heal();
			pauseUpTo(Duration.ofMillis(100));
		}
		this.queue.awaitEmpty();
		System.out.printf("S12: connections dropped %d times, %d jobs claimed more than once%n", drops,
				this.queue.number("select count(*) from tasuki.job_archive where lease_no > 1"));
		assertThat(drops).isGreaterThan(3);
		assertThat(this.queue.startCount()).isEqualTo(jobs);
		assertThat(this.queue.distinctStarts()).isEqualTo(jobs);
		assertThat(this.queue.archived()).isEqualTo(jobs);
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where attempt <> 1")).isZero();
		assertThat(workers).allSatisfy((worker) -> assertThat(worker.isAlive()).isTrue());
	}

	private static void pauseUpTo(Duration longest) {
		long until = System.nanoTime() + ThreadLocalRandom.current().nextLong(longest.toNanos());
		QueueTables.await("a pause").until(() -> System.nanoTime() - until > 0);
	}

	@Test
	@DisplayName("S31: the network breaks between a claim and its answer: its rows run after one lease, once")
	void runsTheRowsOfAnUnansweredClaimAfterOneLease() {
		int jobs = 20;
		this.queue.enqueueMany("count", jobs);
		this.network.silenceAnswersAfter(CLAIM);
		WorkerProcess worker = this.processes.start(WorkerMain.class, this.queue.database(), OPTIONS.arguments(),
				behindNetwork());
		QueueTables.await("the claim is committed").until(() -> leased() > 0);
		long leased = leased();
		this.queue.jdbc().execute("""
				create table unanswered as
				select id, lease_expires_at from tasuki.job where lease_expires_at is not null""");
		this.network.dropConnections();
		this.network.heal();
		this.queue.awaitEmpty();
		long soonest = this.queue.number("""
				select (extract(epoch from min(ledger.at - lease_expires_at)) * 1000)::bigint
				  from unanswered join ledger on ledger.job_id = unanswered.id""");
		System.out.printf("S31: %d of %d rows were claimed without an answer, the first ran %d ms after its lease%n",
				leased, jobs, soonest);
		assertThat(soonest).isNotNegative();
		assertThat(this.queue.startCount()).isEqualTo(jobs);
		assertThat(this.queue.distinctStarts()).isEqualTo(jobs);
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where attempt <> 1")).isZero();
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where lease_no = 2")).isEqualTo(leased);
		assertThat(worker.isAlive()).isTrue();
	}

	private long leased() {
		return this.queue.number("select count(*) from tasuki.job where lease_expires_at is not null");
	}

	@Test
	@DisplayName("S5: a worker whose network went silent loses its jobs after a lease, writes nothing late, and is back")
	void takesOverTheJobsOfAWorkerWhoseNetworkIsSilent() throws IOException {
		Path gate = this.processes.folder().resolve("gate");
		WorkerOptions options = OPTIONS.withConcurrency(2);
		WorkerProcess cutOff = startBehindNetwork(options);
		long finished = this.queue.enqueueAtGate(gate);
		this.queue.awaitStarts(finished, 1);
		Path otherGate = this.processes.folder().resolve("otherGate");
		long running = this.queue.enqueueAtGate(otherGate);
		this.queue.awaitStarts(running, 1);
		WorkerProcess other = this.processes.startWorker(this.queue.database(), options);
		this.network.silence();
		Files.createFile(LedgerHandlers.gateOf(gate, cutOff.pid()));
		this.queue.awaitStarts(finished, 2);
		this.queue.awaitStarts(running, 2);
		Files.createFile(gate);
		this.queue.awaitArchived(finished);
		Map<String, Object> archived = this.queue.archivedJob(finished);
		// The other worker's second slot.
		long full = this.queue.enqueueAtGate(otherGate);
		this.queue.awaitStarts(full, 1);
		this.network.heal();
		long healed = System.nanoTime();
		long next = this.queue.enqueue("count");
		this.queue.awaitArchived(next);
		System.out.printf("A worker ran a job %d ms after its network was healed%n",
				Duration.ofNanos(System.nanoTime() - healed).toMillis());
		QueueTables.await("the lost leases are noticed")
			.until(() -> cutOff.printed("was lost: another worker runs it now")
					&& cutOff.printed("was lost before its outcome was recorded"));
		Files.createFile(otherGate);
		this.queue.awaitEmpty();
		assertThat(this.queue.starts(next)).containsExactly(new Start(1, cutOff.pid()));
		for (long job : List.of(finished, running)) {
			assertThat(this.queue.starts(job)).containsExactly(new Start(1, cutOff.pid()), new Start(1, other.pid()));
		}
		// As text: two arrays from the database are never equal.
		assertThat(this.queue.archivedJob(finished)).hasToString(archived.toString()).containsEntry("lease_no", 2);
		assertThat(this.queue.archivedJob(running)).containsEntry("lease_no", 2).containsEntry("attempt", 1);
	}

	@Test
	@DisplayName("B34: a network that takes 200 ms each way delays jobs and costs no lease")
	void keepsLeasesOverASlowNetwork() throws IOException {
		Path gate = this.processes.folder().resolve("gate");
		this.network.delay(Duration.ofMillis(200));
		WorkerProcess far = this.processes.startWorker(this.queue.database(), OPTIONS,
				Map.of(WorkerMain.ENGINE_URL, this.network.jdbcUrl(this.queue.database())));
		List<Long> held = this.queue.enqueueMany("gate", QueueTables.json(gate), 4);
		held.forEach((job) -> this.queue.awaitStarts(job, 1));
		// It would take over what the far one does not renew in time.
		this.processes.startWorker(this.queue.database(), OPTIONS);
		long begin = System.nanoTime();
		int jobs = 100 + held.size();
		this.queue.enqueueMany("count", jobs - held.size());
		QueueTables.await("more than a lease has passed")
			.until(() -> System.nanoTime() - begin > LEASE.toNanos() * 3 / 2);
		Files.createFile(gate);
		this.queue.awaitEmpty();
		assertThat(this.queue.startCount()).isEqualTo(jobs);
		assertThat(this.queue.distinctStarts()).isEqualTo(jobs);
		assertThat(this.queue.archived()).isEqualTo(jobs);
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where lease_no <> 1")).isZero();
		assertThat(held)
			.allSatisfy((job) -> assertThat(this.queue.starts(job)).containsExactly(new Start(1, far.pid())));
	}

	private WorkerProcess startBehindNetwork(WorkerOptions options) {
		return this.processes.startWorker(this.queue.database(), options, behindNetwork());
	}

	// A silent connection is given up after two seconds.
	private Map<String, String> behindNetwork() {
		String url = this.network.jdbcUrl(this.queue.database());
		return Map.of(WorkerMain.ENGINE_URL, url + (url.contains("?") ? "&" : "?") + "socketTimeout=2&loginTimeout=2");
	}

}

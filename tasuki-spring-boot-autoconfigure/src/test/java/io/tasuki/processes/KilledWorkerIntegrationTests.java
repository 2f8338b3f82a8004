package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.tasuki.faults.FaultTest;
import io.tasuki.processes.QueueTables.Start;
import io.tasuki.store.WorkerName;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers that die without a word. */
@FaultTest
class KilledWorkerIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(2);

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(LEASE);

	private static final int MAX_CRASHES = OPTIONS.maxCrashes();

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@Test
	@DisplayName("S1: a job whose last attempt was killed runs again as the same attempt and succeeds")
	void repeatsTheLastAttemptElsewhereWhenItsWorkerIsKilled() throws IOException { // B37
		Path gate = this.processes.folder().resolve("gate");
		WorkerProcess first = startWorker();
		long job = this.queue.enqueueForOneAttempt("gate", QueueTables.json(gate));
		this.queue.awaitStarts(job, 1);
		first.kill9();
		Files.createFile(gate);
		WorkerProcess second = startWorker();
		this.queue.awaitArchived(job);
		assertThat(this.queue.starts(job)).containsExactly(new Start(1, first.pid()), new Start(1, second.pid()));
		assertThat(this.queue.archivedJob(job)).containsEntry("attempt", 1).containsEntry("outcome", 1);
		assertThat(this.queue.live()).isZero();
	}

	@Test
	@DisplayName("S1: a job that kills its worker at each of its starts is dead under the crash rule, which names the workers")
	void endsAJobThatAlwaysKillsItsWorker() { // B37
		long job = this.queue.enqueueForOneAttempt("halt", null);
		int died = startWorkersUntilEmpty();
		assertThat(this.queue.starts(job)).hasSize(MAX_CRASHES).extracting(Start::attempt).containsOnly(1);
		assertThat(died).isEqualTo(MAX_CRASHES);
		assertThat(this.queue.deadJob(job)).containsEntry("attempt", 1)
			.hasEntrySatisfying("reason",
					(reason) -> assertThat(reason).asString().contains("died 3 times").endsWith(": " + workersOf(job)));
	}

	private String workersOf(long job) {
		String host = WorkerName.ofThisProcess().value().replaceFirst(" \\(pid.*", "");
		return this.queue.starts(job)
			.stream()
			.map((start) -> "%s (pid %d)".formatted(host, start.pid()))
			.collect(Collectors.joining(", "));
	}

	@Test
	@DisplayName("S1, rule 11: what a handler said until a second before its worker was killed is there for the next one")
	void keepsWhatAHandlerSaidBeforeItsWorkerIsKilled() throws IOException { // B36
		Path gate = this.processes.folder().resolve("gate");
		WorkerProcess first = startWorker();
		long job = this.queue.enqueue("report", QueueTables.json(gate));
		QueueTables.await("the heartbeat has written")
			.until(() -> this.queue.number("select jsonb_array_length(log_lines) from tasuki.job where id = ?",
					job) == 1);
		first.kill9();
		Files.createFile(gate);
		WorkerProcess second = startWorker();
		this.queue.awaitArchived(job);
		assertThat(this.queue.jdbc()
			.queryForList("""
					select (line->>'attempt') || ' ' || (line->>'text')
					  from tasuki.job_archive, jsonb_array_elements(log_lines) as given (line) where id = ?""",
					String.class, job))
			.containsExactly("1 %d goes on from nobody".formatted(first.pid()),
					"1 %d goes on from %d".formatted(second.pid(), first.pid()));
	}

	@Test
	@DisplayName("S2: a job whose worker is killed before its first heartbeat is reclaimed after one lease")
	void reclaimsAfterOneLeaseWhenTheWorkerIsKilledBeforeItsFirstHeartbeat() throws IOException { // B36
		Path gate = this.processes.folder().resolve("gate");
		WorkerProcess first = startWorker();
		WorkerProcess second = startWorker();
		long job = this.queue.enqueueAtGate(gate);
		this.queue.awaitStarts(job, 1);
		WorkerProcess victim = (this.queue.starts(job).get(0).pid() == first.pid()) ? first : second;
		victim.kill9();
		Files.createFile(gate);
		long claimedMillisAgo = this.queue.number("""
				select (extract(epoch from clock_timestamp() - lease_expires_at + interval '2 s') * 1000)::bigint
				  from tasuki.job where id = ?""", job);
		this.queue.awaitStarts(job, 2);
		this.queue.awaitArchived(job);
		long sinceClaimMillis = this.queue.number("""
				select (extract(epoch from max(at) - min(at)) * 1000)::bigint from ledger where job_id = ?""", job);
		System.out.printf(
				"S2: killed %d ms after its claim, the job started again %d ms after its first start "
						+ "(lease %d ms, poll interval %d ms)%n",
				claimedMillisAgo, sinceClaimMillis, LEASE.toMillis(), OPTIONS.pollInterval().toMillis());
		assertThat(this.queue.archivedJob(job)).containsEntry("lease_no", 2);
		assertThat(claimedMillisAgo).as("the lease was not renewed").isPositive();
		// The first start was a little later than the claim.
		assertThat(sinceClaimMillis).isBetween(LEASE.toMillis() - 1_000, LEASE.toMillis() + 10_000);
	}

	@Test
	@DisplayName("S3: a job that kills its workers is dead after max crashes; 1 000 jobs beside it are not charged")
	void buriesAJobThatKillsItsWorkersAndNoneBesideIt() {
		List<Long> before = this.queue.enqueueMany("count", 500);
		long halt = this.queue.enqueue("halt");
		List<Long> after = this.queue.enqueueMany("count", 500);
		int died = startWorkersUntilEmpty();
		System.out.printf("S3: %d processes died, %d of the 1 000 jobs beside ran more than once%n", died,
				this.queue.repeatedStarts() - (died - 1));
		assertThat(died).isEqualTo(MAX_CRASHES);
		assertThat(this.queue.deadJob(halt)).containsEntry("attempt", 1);
		assertThat(this.queue.dead()).isOne();
		assertThat(this.queue.archived()).isEqualTo(before.size() + after.size());
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where attempt <> 1")).isZero();
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where outcome <> 1")).isZero();
	}

	@Test
	@DisplayName("S8: a worker started again on the same host recovers the jobs of its dead predecessor")
	void recoversTheJobsOfADeadPredecessorOnTheSameHost() throws IOException { // B36
		Path gate = this.processes.folder().resolve("gate");
		WorkerProcess predecessor = startWorker();
		List<Long> jobs = this.queue.enqueueMany("gate", QueueTables.json(gate), OPTIONS.concurrency());
		jobs.forEach((job) -> this.queue.awaitStarts(job, 1));
		predecessor.kill9();
		WorkerProcess successor = startWorker();
		jobs.forEach((job) -> this.queue.awaitStarts(job, 2));
		Files.createFile(gate);
		this.queue.awaitEmpty();
		assertThat(jobs).allSatisfy((job) -> assertThat(this.queue.starts(job))
			.containsExactly(new Start(1, predecessor.pid()), new Start(1, successor.pid())));
		assertThat(this.queue.archived()).isEqualTo(jobs.size());
	}

	@Test
	@DisplayName("S1: of two workers one is killed in the middle of 10 000 jobs: all run, few run twice")
	void runsEveryJobWhenOneOfTwoWorkersIsKilledInTheMiddle() {
		WorkerProcess survivor = startWorker();
		WorkerProcess victim = startWorker();
		int jobs = enqueueUntilAtIt(victim, 10_000);
		// Both stand still while the rows are counted: nothing is under way.
		victim.stop();
		survivor.stop();
		this.queue.awaitStill();
		long leased = this.queue.leasedBy(victim.owners());
		long leasedBySurvivor = this.queue.leasedBy(survivor.owners());
		long leasedByAnybody = this.queue.number("select count(*) from tasuki.job where lock_owner is not null");
		victim.kill9();
		survivor.resume();
		this.queue.awaitEmpty();
		long repeated = this.queue.repeatedStarts();
		System.out.printf("Kill -9 of one of two workers amid %d jobs: %d rows carried its owners, "
				+ "%d runs beyond the first%n", jobs, leased, repeated);
		assertThat(leased + leasedBySurvivor).isEqualTo(leasedByAnybody);
		assertThat(this.queue.distinctStarts()).isEqualTo(jobs);
		assertThat(this.queue.archived()).isEqualTo(jobs);
		assertThat(this.queue.dead()).isZero();
		assertThat(repeated).isLessThanOrEqualTo(leased);
		assertThat(this.queue.number("select count(*) from tasuki.job_archive where attempt <> 1")).isZero();
	}

	/**
	 * Enqueues so many jobs, and as many again while the process gets none of them
	 * because others are faster.
	 * @return how many jobs there are, two thirds of the last ones still to be run
	 */
	private int enqueueUntilAtIt(WorkerProcess worker, int jobs) {
		for (int round = 1; round <= 10; round++) {
			this.queue.enqueueMany("count", jobs);
			long soMany = round * jobs - jobs * 2 / 3;
			QueueTables.await("a third has run").until(() -> this.queue.startCount() > soMany);
			if (this.queue.number("select count(*) from ledger where pid = ?", worker.pid()) > 0) {
				return round * jobs;
			}
		}
		throw new AssertionError("The worker ran none of ten times %d jobs".formatted(jobs));
	}

	private WorkerProcess startWorker() {
		return this.processes.startWorker(this.queue.database(), OPTIONS);
	}

	/**
	 * Starts a worker each time the last one has died, until no job is left.
	 * @return how many died
	 */
	private int startWorkersUntilEmpty() {
		int died = 0;
		WorkerProcess worker = startWorker();
		while (this.queue.live() > 0) {
			WorkerProcess current = worker;
			QueueTables.await("the queue is empty or the worker dead")
				.until(() -> this.queue.live() == 0 || !current.isAlive());
			if (!worker.isAlive() && this.queue.live() > 0) {
				died++;
				assertThat(died).as("processes that died").isLessThan(10);
				worker = startWorker();
			}
		}
		return died;
	}

}

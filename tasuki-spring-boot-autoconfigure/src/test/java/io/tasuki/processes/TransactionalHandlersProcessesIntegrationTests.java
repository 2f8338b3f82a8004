package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tasuki.processes.QueueTables.Start;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers that complete their jobs in their own transactions, in processes that die. */
class TransactionalHandlersProcessesIntegrationTests {

	private static final WorkerOptions OPTIONS = WorkerOptions.USUAL.withLease(Duration.ofSeconds(2));

	@RegisterExtension
	final WorkerProcesses processes = new WorkerProcesses();

	@AutoClose
	private final QueueTables queue = new QueueTables();

	@Test
	@DisplayName("S25: killed just before its commit, a transactional handler has no effect, and runs again")
	void hasNoEffectWhenKilledJustBeforeTheCommit() {
		WorkerProcess victim = startStandingStill("before");
		long job = this.queue.enqueue("effect", "0");
		awaitStandsStill(victim);
		victim.kill9();
		assertThat(this.queue.effects(job)).isZero();
		assertThat(this.queue.liveJob(job)).isNotEmpty();
		WorkerProcess second = startWorker();
		this.queue.awaitArchived(job);
		assertThat(this.queue.effects(job)).isOne();
		assertThat(this.queue.starts(job)).containsExactly(new Start(1, victim.pid()), new Start(1, second.pid()));
	}

	@Test
	@DisplayName("S25: killed just after its commit, a transactional handler has had its effect, and never runs again")
	void isCompleteWhenKilledJustAfterTheCommit() {
		WorkerProcess victim = startStandingStill("after");
		long job = this.queue.enqueue("effect", "0");
		awaitStandsStill(victim);
		victim.kill9();
		assertThat(this.queue.effects(job)).isOne();
		this.queue.awaitArchived(job);
		startWorker();
		long next = this.queue.enqueue("effect", "0");
		this.queue.awaitArchived(next);
		assertThat(this.queue.starts(job)).hasSize(1);
		assertThat(this.queue.effects(job)).isOne();
	}

	@Test
	@DisplayName("S25: a process that stands still between completion and commit gives its job up after a lease")
	void losesAJobWhoseCommitDoesNotCome() {
		WorkerProcess still = startStandingStill("before");
		long job = this.queue.enqueue("effect", "0");
		awaitStandsStill(still);
		still.stop();
		WorkerProcess second = startWorker();
		this.queue.awaitArchived(job);
		still.resume();
		assertThat(this.queue.starts(job)).extracting(Start::pid).containsExactly(still.pid(), second.pid());
		assertThat(this.queue.effects(job)).isOne();
		assertThat(this.queue.number("select pid from effect")).isEqualTo(second.pid());
	}

	@Test
	@DisplayName("S5, S25: a transactional handler that wakes after its job was taken over undoes what it wrote")
	void undoesItsWritesWhenItWakesAfterATakeover() throws IOException {
		Path gate = this.processes.folder().resolve("gate");
		WorkerProcess first = startWorker();
		long job = this.queue.enqueue("effect-gate", QueueTables.json(gate));
		this.queue.awaitStarts(job, 1);
		first.stop();
		WorkerProcess second = startWorker();
		this.queue.awaitStarts(job, 2);
		Files.createFile(LedgerHandlers.gateOf(gate, second.pid()));
		this.queue.awaitArchived(job);
		first.resume();
		Files.createFile(gate);
		QueueTables.await("the first has noticed").until(() -> first.printed("lease of job " + job));
		assertThat(this.queue.effects(job)).isOne();
		assertThat(this.queue.number("select pid from effect")).isEqualTo(second.pid());
	}

	@Test
	@DisplayName("S25: transactional jobs have one effect each while workers are killed again and again")
	void hasEachEffectOnceWhileWorkersAreKilled() {
		// A job may be in hand at every one of the kills, and is to have its effect all
		// the
		// same: none may be dead by the crash rule.
		int kills = 3;
		WorkerOptions options = OPTIONS.withMaxCrashes(kills + 1);
		List<Long> jobs = new ArrayList<>();
		this.processes.startWorker(this.queue.database(), options);
		for (int killed = 0; killed < kills; killed++) {
			WorkerProcess victim = this.processes.startWorker(this.queue.database(), options);
			QueueTables.await("the victim is at it").until(() -> {
				jobs.addAll(this.queue.enqueueMany("effect", "20", 10));
				return this.queue.number("select count(*) from effect where pid = ?", victim.pid()) > 5;
			});
			victim.kill9();
		}
		this.queue.awaitEmpty();
		assertThat(this.queue.rows("select id, crashes, crash_owners, reason from tasuki.job_dead"))
			.as("a job that gave up has no effect")
			.isEmpty();
		assertThat(this.queue.number("select count(*) from effect")).isEqualTo(jobs.size());
		assertThat(this.queue.number("select count(distinct job_id) from effect")).isEqualTo(jobs.size());
		assertThat(this.queue.archived()).isEqualTo(jobs.size());
		System.out.printf("S25: %d processes killed amid %d transactional jobs: %d starts, %d effects%n", kills,
				jobs.size(), this.queue.startCount(), this.queue.number("select count(*) from effect"));
	}

	private WorkerProcess startWorker() {
		return this.processes.startWorker(this.queue.database(), OPTIONS);
	}

	private WorkerProcess startStandingStill(String when) {
		return this.processes.startWorker(this.queue.database(), OPTIONS, Map.of(EffectHandlers.STAND_STILL, when));
	}

	private static void awaitStandsStill(WorkerProcess process) {
		QueueTables.await("the process stands still at its commit")
			.until(() -> process.printed(EffectHandlers.STANDS_STILL));
	}

}

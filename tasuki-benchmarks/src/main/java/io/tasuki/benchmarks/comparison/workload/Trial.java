package io.tasuki.benchmarks.comparison.workload;

import java.util.ArrayList;
import java.util.List;

import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.benchmarks.comparison.process.AskIsEmpty;
import io.tasuki.benchmarks.comparison.process.ContestantProcess;
import io.tasuki.benchmarks.comparison.process.CountRuns;
import io.tasuki.benchmarks.comparison.process.CreateTables;
import io.tasuki.benchmarks.comparison.process.Entrant;
import io.tasuki.benchmarks.comparison.process.ProcessCommand;
import io.tasuki.benchmarks.comparison.process.RoundTrips;
import io.tasuki.benchmarks.comparison.process.StartWorking;
import io.tasuki.benchmarks.comparison.process.StopWorking;
import io.tasuki.benchmarks.comparison.process.Trace;
import io.tasuki.localpostgres.Database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * One contestant on one database, which is dropped in the end.
 */
public final class Trial implements AutoCloseable {

	private static final long LONGEST_STANDSTILL_MICROS = 60_000_000;

	private final Bench bench;

	private final ProcessCommand command;

	private final Entrant entrant;

	private final int jobs;

	private final List<String> options;

	private final String database;

	private final List<ContestantProcess> processes = new ArrayList<>();

	private Trial(Bench bench, ProcessCommand command, Entrant entrant, int jobs, List<String> options) {
		this.bench = bench;
		this.command = command;
		this.entrant = entrant;
		this.jobs = jobs;
		this.options = options;
		this.database = bench.server().createDatabase();
	}

	static Trial prepare(Bench bench, ProcessCommand command, Entrant entrant, int jobs, List<String> options)
			throws InterruptedException {
		Trial trial = new Trial(bench, command, entrant, jobs, options);
		try {
			trial.start().ask(new CreateTables());
			return trial;
		}
		catch (RuntimeException | InterruptedException ex) {
			trial.close();
			throw ex;
		}
	}

	/**
	 * Starts one more JVM.
	 */
	ContestantProcess start() {
		return start(database());
	}

	/**
	 * Starts one more JVM, which counts its round trips.
	 */
	ContestantProcess startCounting() {
		Database own = database();
		return start(new Database(RoundTrips.counted(own.jdbcUrl()), own.username(), own.password()));
	}

	private ContestantProcess start(Database database) {
		ContestantProcess process = this.command.start(this.entrant, database, "jvm-" + (this.processes.size() + 1),
				this.jobs, this.options);
		this.processes.add(process);
		this.bench.started(process);
		return process;
	}

	/**
	 * Returns how to connect to the database.
	 */
	Database database() {
		return this.bench.server().database(this.database);
	}

	/**
	 * Returns the JVMs in the order in which they were started.
	 */
	List<ContestantProcess> processes() {
		return List.copyOf(this.processes);
	}

	/**
	 * Returns the JVM that created the tables.
	 */
	ContestantProcess first() {
		return this.processes.get(0);
	}

	/**
	 * Lets all JVMs work.
	 */
	void startWorking() throws InterruptedException {
		for (ContestantProcess process : this.processes) {
			process.ask(new StartWorking());
		}
	}

	/**
	 * Lets no JVM work any more.
	 */
	void stopWorking() throws InterruptedException {
		for (ContestantProcess process : this.processes) {
			process.ask(new StopWorking());
		}
	}

	/**
	 * Waits until so many jobs ran, over all JVMs and since their start, and none is left
	 * in the queue.
	 * @return when that was, as the ledgers count
	 */
	long awaitDrained(long jobs) throws InterruptedException {
		return awaitDrained(jobs, () -> first().ask(new AskIsEmpty()));
	}

	/**
	 * Waits until so many jobs ran, over all JVMs and since their start, and none of them
	 * is left in the queue.
	 * @param empty tells whether none is, without regard to others
	 * @return when that was, as the ledgers count
	 */
	long awaitDrained(long jobs, Emptiness empty) throws InterruptedException {
		awaitRuns(jobs);
		return awaitEmpty(empty);
	}

	/**
	 * Waits until so many jobs ran, over all JVMs and since their start.
	 */
	void awaitRuns(long jobs) throws InterruptedException {
		long ran = runs();
		long pause = 2;
		for (long changedAt = Ledger.now(); ran < jobs;) {
			Thread.sleep(pause);
			long before = ran;
			ran = runs();
			changedAt = checkMoves(before, ran, changedAt, jobs);
			// Seldom while there is much to do, and often towards the end.
			pause = (ran > before) ? Math.max(2, Math.min(100, pause * (jobs - ran) / (ran - before) / 4)) : 20;
		}
	}

	private long checkMoves(long before, long ran, long changedAt, long jobs) {
		if (ran > before) {
			return Ledger.now();
		}
		if (Ledger.now() - changedAt > LONGEST_STANDSTILL_MICROS) {
			throw new IllegalStateException("%d of %d jobs ran, and then no more".formatted(ran, jobs));
		}
		return changedAt;
	}

	private long runs() throws InterruptedException {
		long runs = 0;
		for (ContestantProcess process : this.processes) {
			runs += process.ask(new CountRuns());
		}
		return runs;
	}

	// The queue was empty when it was asked, however long the answer took.
	private long awaitEmpty(Emptiness empty) throws InterruptedException {
		long begin = Ledger.now();
		long asked = begin;
		while (!empty.isEmpty()) {
			if (asked - begin > LONGEST_STANDSTILL_MICROS) {
				throw new IllegalStateException("All jobs ran, but some stay in the queue");
			}
			Thread.sleep(1);
			asked = Ledger.now();
		}
		return asked;
	}

	/**
	 * Brings the tables into the state in which a busy server has them: vacuumed and
	 * analyzed.
	 */
	void tidy() {
		Database own = database();
		new JdbcTemplate(new DriverManagerDataSource(own.jdbcUrl(), own.username(), own.password()))
			.execute("vacuum analyze");
	}

	/**
	 * Has the server count statements in the database, on connections that are yet to be
	 * opened.
	 */
	void countStatements() {
		this.bench.server().countStatements(this.database);
	}

	/**
	 * Returns how many statements were counted in the database so far.
	 */
	long statements() {
		return this.bench.server().statements(this.database);
	}

	/**
	 * Begins to count what is used, after a checkpoint.
	 */
	Costs count() throws InterruptedException {
		this.bench.server().checkpoint();
		return Costs.begin(this.bench.server(), this);
	}

	/**
	 * Returns what became of some jobs, over all JVMs.
	 * @param first number of the first job
	 * @param count how many
	 */
	Trace trace(int first, int count) throws InterruptedException {
		Trace trace = first().trace(first, count);
		for (ContestantProcess other : this.processes.subList(1, this.processes.size())) {
			trace = trace.and(other.trace(first, count));
		}
		return trace;
	}

	/**
	 * Ends all JVMs and returns how many transactions they made for each job. Of all jobs
	 * of the trial, because a connection may keep its latest transactions to itself as
	 * long as it lives.
	 * @param jobs how many jobs there were in all, those for warming up included
	 */
	double transactionsPerJob(double jobs) throws InterruptedException {
		endProcesses();
		this.bench.server().awaitReports(this.database);
		return this.bench.server().transactions(this.database) / jobs;
	}

	private void endProcesses() {
		for (ContestantProcess process : this.processes) {
			process.close();
			this.bench.ended(process);
		}
	}

	@Override
	public void close() {
		endProcesses();
		this.bench.server().dropDatabase(this.database);
	}

	/** Whether nothing is left to do. */
	interface Emptiness {

		boolean isEmpty() throws InterruptedException;

	}

}

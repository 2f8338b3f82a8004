package io.tasuki.benchmarks.comparison.process;

import java.util.Arrays;
import java.util.function.Function;

import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.benchmarks.comparison.contestant.bare.BareContestant;
import io.tasuki.benchmarks.comparison.contestant.dbscheduler.DbSchedulerContestant;
import io.tasuki.benchmarks.comparison.contestant.jobrunr.JobRunrContestant;
import io.tasuki.benchmarks.comparison.contestant.tasuki.TasukiContestant;
import io.tasuki.benchmarks.comparison.report.Contestants;
import io.tasuki.localpostgres.Database;

/**
 * The contestants, in the order in which they take their turns.
 */
public enum Entrant {

	/** A Spring Boot application with default settings. */
	TASUKI(Contestants.TASUKI, 400_000, Role.APPLICATION, "archive on, metrics on; defaults", TasukiContestant::new),

	/** The same without archive and metrics. */
	TASUKI_NO_ARCHIVE(Contestants.TASUKI_NO_ARCHIVE, 400_000, Role.SAME_APPLICATION, "archive off, metrics off",
			(database) -> new TasukiContestant(database, "tuned")),

	/** tasuki's statements alone. */
	BARE(Contestants.BARE, 400_000, Role.LIMIT, "tasuki's statements in a JDBC loop, archive off",
			(database) -> new BareContestant(database, false)),

	/** tasuki's statements alone, with the archive. */
	BARE_ARCHIVE(Contestants.BARE_ARCHIVE, 400_000, Role.SAME_LIMIT, "tasuki's statements in a JDBC loop, archive on",
			(database) -> new BareContestant(database, true)),

	/** A peer that polls, and takes what it fetches at once. */
	DB_SCHEDULER(Contestants.DB_SCHEDULER, 50_000, Role.PEER, "lock and fetch, 20 threads, polls every 100 ms",
			DbSchedulerContestant::new),

	/** A peer that polls every five seconds, its shortest interval. */
	JOBRUNR(Contestants.JOBRUNR, 15_000, Role.PEER, "16 workers, polls every 5 s", JobRunrContestant::new);

	private final String label;

	private final int drainedJobs;

	private final Role role;

	private final String settings;

	private final Function<Database, Contestant> factory;

	Entrant(String label, int drainedJobs, Role role, String settings, Function<Database, Contestant> factory) {
		this.label = label;
		this.drainedJobs = drainedJobs;
		this.role = role;
		this.settings = settings;
		this.factory = factory;
	}

	/**
	 * Returns the entrant of that name.
	 * @throws IllegalArgumentException if there is none
	 */
	public static Entrant of(String label) {
		return Arrays.stream(values())
			.filter((entrant) -> entrant.label.equals(label))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No contestant is called %s. There are %s".formatted(label,
					Arrays.stream(values()).map(Entrant::label).toList())));
	}

	/**
	 * Returns the name in tables.
	 */
	public String label() {
		return this.label;
	}

	/**
	 * Returns how many jobs it takes to keep one JVM busy for five seconds or more.
	 */
	public int drainedJobs() {
		return this.drainedJobs;
	}

	/**
	 * Returns whether it is a queue that could be used, not a mere limit.
	 */
	public boolean isQueue() {
		return this.role != Role.LIMIT && this.role != Role.SAME_LIMIT;
	}

	/**
	 * Returns whether it is somebody else's queue.
	 */
	public boolean isPeer() {
		return this.role == Role.PEER;
	}

	/**
	 * Returns whether it enqueues in another way than those before it.
	 */
	public boolean enqueuesInItsOwnWay() {
		return this.role != Role.SAME_APPLICATION && this.role != Role.SAME_LIMIT;
	}

	/**
	 * Returns whether business transactions of the application enqueue.
	 */
	public boolean joinsTransactions() {
		return this.role == Role.APPLICATION;
	}

	/**
	 * Returns how it is configured.
	 */
	public String settings() {
		return this.settings;
	}

	Contestant create(Database database) {
		return this.factory.apply(database);
	}

	private enum Role {

		/** Another queue. */
		PEER,

		/** tasuki. */
		APPLICATION,

		/** tasuki in another configuration. */
		SAME_APPLICATION,

		/** What bounds tasuki. */
		LIMIT,

		/** What bounds tasuki in another configuration. */
		SAME_LIMIT

	}

}

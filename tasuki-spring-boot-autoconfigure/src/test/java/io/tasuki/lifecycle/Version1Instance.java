package io.tasuki.lifecycle;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.tasuki.lifecycle.Version1Statements.Claimed;

/**
 * An application instance of version 1 under load: one thread enqueues, one claims, runs
 * and completes, by plain JDBC and the {@link Version1Statements}. How a job ends follows
 * from its number.
 */
final class Version1Instance implements AutoCloseable {

	static final String KIND = "work";

	private static final int BATCH = 20;

	private final DataSource dataSource;

	private final LongConsumer effect;

	private final long leaseMicros;

	private final Set<Long> enqueued = ConcurrentHashMap.newKeySet();

	private final Set<Long> deleted = ConcurrentHashMap.newKeySet();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final AtomicLong completed = new AtomicLong();

	private final Thread producer = new Thread(this::enqueue, "version 1 producer");

	private final Thread worker = new Thread(this::work, "version 1 worker");

	/** Rounds of new jobs that may be stored before more are completed. */
	private final Semaphore room = new Semaphore(20);

	private volatile boolean producing = true;

	private volatile boolean alive = true;

	/**
	 * Creates an instance.
	 * @param effect what a handler does, given the job's number
	 */
	Version1Instance(DataSource dataSource, Duration lease, LongConsumer effect) {
		this.dataSource = dataSource;
		this.leaseMicros = lease.toNanos() / 1000;
		this.effect = effect;
	}

	void start() {
		this.producer.start();
		this.worker.start();
	}

	/** Returns the jobs that it stored. */
	Set<Long> enqueued() {
		return this.enqueued;
	}

	/** Returns the jobs whose rows it deleted as completed. */
	Set<Long> deleted() {
		return this.deleted;
	}

	/** Returns what went wrong with its statements. */
	Queue<Throwable> failures() {
		return this.failures;
	}

	/** Returns how many outcomes it has recorded. */
	long completed() {
		return this.completed.get();
	}

	void stopEnqueueing() throws InterruptedException {
		this.producing = false;
		this.producer.join();
	}

	/**
	 * Ends between a claim and its outcomes, as a process that is killed does; with
	 * nothing in hand where there is nothing to claim.
	 */
	void die() throws InterruptedException {
		this.alive = false;
		this.worker.join();
	}

	private void enqueue() {
		try (Version1Statements statements = new Version1Statements(this.dataSource.getConnection())) {
			for (int round = 0; this.producing; round++) {
				if (this.room.tryAcquire(50, TimeUnit.MILLISECONDS)) {
					enqueue(statements, round % 5);
				}
			}
		}
		catch (SQLException | RuntimeException | InterruptedException ex) {
			this.failures.add(ex);
		}
	}

	private void enqueue(Version1Statements statements, int round) throws SQLException {
		this.enqueued.addAll(statements.insertOne(KIND));
		this.enqueued.addAll(statements.insertOneUnique(KIND, "one of round " + round));
		this.enqueued.addAll(statements.insertMany(KIND, 5));
		this.enqueued.addAll(statements.insertManyUnique(KIND,
				IntStream.range(0, 3).mapToObj((i) -> "%d of round %d".formatted(i, round)).toList()));
	}

	private void work() {
		long owner = ThreadLocalRandom.current().nextLong();
		try (Version1Statements claimer = new Version1Statements(this.dataSource.getConnection());
				Version1Statements completer = new Version1Statements(this.dataSource.getConnection())) {
			while (true) {
				claimer.nextDue();
				// Asked before the claim, so that it dies with jobs in hand, if there are
				// any.
				boolean last = !this.alive;
				List<Claimed> jobs = run(claimer, claimer.claim(KIND, BATCH, owner, this.leaseMicros));
				if (last) {
					return;
				}
				complete(completer, jobs);
				completer.pruneDead();
				this.room.release();
			}
		}
		catch (SQLException | RuntimeException ex) {
			this.failures.add(ex);
		}
	}

	private List<Claimed> run(Version1Statements statements, List<Claimed> jobs) throws SQLException {
		for (Claimed job : jobs) {
			if (job.crashes() > 0) {
				statements.charge(job);
			}
			this.effect.accept(job.id());
			if (!statements.find(job.id())) {
				throw new IllegalStateException("Cannot find job %d while it runs".formatted(job.id()));
			}
		}
		statements.writeProgress(jobs);
		return List.copyOf(statements.renew(jobs, this.leaseMicros));
	}

	private void complete(Version1Statements statements, List<Claimed> jobs) throws SQLException {
		List<Claimed> left = jobs;
		while (!left.isEmpty()) {
			Map<Integer, List<Claimed>> byEnd = left.stream()
				.collect(Collectors.groupingBy((job) -> (int) (job.id() % 10)));
			List<Claimed> written = new ArrayList<>();
			for (Map.Entry<Integer, List<Claimed>> group : byEnd.entrySet()) {
				written.addAll(complete(statements, group.getKey(), group.getValue()));
			}
			this.completed.addAndGet(written.size());
			left = new ArrayList<>(left);
			left.removeAll(written);
			// Another claimer may hold a row for a moment, until it sees that it is
			// taken.
			left = new ArrayList<>(statements.held(left));
		}
	}

	private Set<Claimed> complete(Version1Statements statements, int end, List<Claimed> jobs) throws SQLException {
		boolean first = jobs.stream().allMatch((job) -> job.attempt() == 1);
		switch (end) {
			case 0:
				return (first) ? statements.giveBack(jobs, true, false) : statements.archiveSucceeded(jobs);
			case 1:
				return (ThreadLocalRandom.current().nextBoolean()) ? statements.giveBack(jobs, false, true)
						: statements.archiveSucceeded(jobs);
			case 2:
				return statements.archiveCancelled(jobs);
			case 3:
				return statements.bury(jobs);
			case 4:
				Set<Claimed> gone = statements.delete(jobs);
				gone.forEach((job) -> this.deleted.add(job.id()));
				return gone;
			default:
				return statements.archiveSucceeded(jobs);
		}
	}

	@Override
	public void close() {
		this.producing = false;
		this.alive = false;
	}

}

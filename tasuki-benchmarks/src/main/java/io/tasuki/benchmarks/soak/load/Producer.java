package io.tasuki.benchmarks.soak.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.tasuki.EnqueuedJob;
import io.tasuki.JobClient;
import io.tasuki.JobRequest;
import io.tasuki.benchmarks.soak.load.ExpectedTable.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enqueues the mix at a steady rate, from several threads, each batch in a transaction of
 * its own. Some of these are rolled back, some stay open for a while. When the database
 * is away, what could not be enqueued is given up.
 */
public final class Producer implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Producer.class);

	private static final long NUMBERS_EACH = 1_000_000_000;

	private static final int THREADS = 3;

	private static final int LARGEST_BATCH = 12;

	/** How much of a delay is made up for. */
	private static final Duration CATCH_UP = Duration.ofSeconds(2);

	/** Jobs that are due, beyond which the machine is too slow for the rate. */
	private static final int LARGEST_BACKLOG = 4_000;

	private static final String DUE = "select count(*) from tasuki.job where run_at <= now()";

	private final JobClient jobs;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final ExpectedTable expected;

	private final AtomicLong numbers;

	private final AtomicLong rolledBack = new AtomicLong();

	private final CountDownLatch end = new CountDownLatch(1);

	private final List<Thread> threads = new ArrayList<>();

	/**
	 * Creates a producer.
	 * @param id sets its numbers apart from those of other producers
	 */
	public Producer(JobClient jobs, JdbcTemplate jdbc, TransactionTemplate transactions, int id) {
		this.jobs = jobs;
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.expected = new ExpectedTable(jdbc);
		this.numbers = new AtomicLong(id * NUMBERS_EACH);
	}

	/**
	 * Starts to enqueue.
	 * @param seed decides what and when
	 * @param jobsPerSecond how many jobs, all threads together
	 */
	public void start(long seed, int jobsPerSecond) {
		Random seeds = new Random(seed);
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(seeds.nextLong());
			Thread thread = new Thread(() -> produce(random, jobsPerSecond), "producer");
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void produce(Random random, int jobsPerSecond) {
		Mix mix = new Mix(random);
		long next = System.nanoTime();
		while (!ended()) {
			int size = 1 + random.nextInt(LARGEST_BATCH);
			tryEnqueue(mix, size, random);
			next = Math.max(next + TimeUnit.SECONDS.toNanos(size) * THREADS / jobsPerSecond,
					System.nanoTime() - CATCH_UP.toNanos());
			pause(Duration.ofNanos(next - System.nanoTime()));
		}
	}

	private void tryEnqueue(Mix mix, int size, Random random) {
		boolean rollBack = random.nextInt(100) < 3;
		Duration open = (random.nextInt(100) < 2) ? Duration.ofMillis(200 + random.nextInt(1_300)) : Duration.ZERO;
		try {
			if (isBehind(random)) {
				pause(Duration.ofSeconds(1));
				return;
			}
			this.transactions.executeWithoutResult((status) -> {
				enqueue(mix, size);
				pause(open);
				if (rollBack) {
					status.setRollbackOnly();
					this.rolledBack.addAndGet(size);
				}
			});
		}
		catch (RuntimeException ex) {
			logger.info("Could not enqueue: {}", ex.toString());
			pause(Duration.ofMillis(200));
		}
	}

	private boolean isBehind(Random random) {
		if (random.nextInt(20) > 0) {
			return false;
		}
		Long due = this.jdbc.queryForObject(DUE, Long.class);
		return due != null && due > LARGEST_BACKLOG;
	}

	private void enqueue(Mix mix, int size) {
		Instant before = Instant.now();
		List<Row> rows = new ArrayList<>();
		List<Kind> kinds = new ArrayList<>();
		List<@Nullable String> keys = new ArrayList<>();
		List<JobRequest<Long>> requests = new ArrayList<>();
		for (int i = 0; i < size; i++) {
			Kind kind = mix.kind();
			String key = mix.uniqueKey(kind);
			kinds.add(kind);
			keys.add(key);
			requests.add(mix.request(kind, this.numbers.incrementAndGet(), key));
		}
		List<EnqueuedJob> enqueued = (size == 1) ? List.of(this.jobs.enqueue(requests.get(0)))
				: this.jobs.enqueueAll(requests);
		for (int i = 0; i < size; i++) {
			Long number = requests.get(i).payload();
			if (enqueued.get(i).created() && number != null) {
				rows.add(new Row(number, enqueued.get(i).id(), kinds.get(i), keys.get(i), before));
			}
		}
		this.expected.insert(rows);
	}

	/**
	 * Enqueues one job of a kind that the mix leaves out, as soon as the database
	 * answers.
	 */
	public void enqueue(Kind kind) {
		while (!ended()) {
			try {
				this.transactions.executeWithoutResult((status) -> {
					Instant before = Instant.now();
					long number = this.numbers.incrementAndGet();
					EnqueuedJob job = this.jobs.enqueue(JobRequest.of(kind.word(), number));
					this.expected.insert(List.of(new Row(number, job.id(), kind, null, before)));
				});
				return;
			}
			catch (RuntimeException ex) {
				logger.info("Could not enqueue: {}", ex.toString());
				pause(Duration.ofMillis(200));
			}
		}
	}

	/**
	 * Returns how many jobs were enqueued in transactions that were rolled back.
	 */
	public long rolledBack() {
		return this.rolledBack.get();
	}

	private boolean ended() {
		return this.end.getCount() == 0;
	}

	private void pause(Duration duration) {
		try {
			this.end.await(duration.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Enqueues no more, and returns when the last transaction has ended.
	 */
	@Override
	public void close() {
		this.end.countDown();
		try {
			for (Thread thread : this.threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

package io.tasuki.benchmarks.comparison.contestant.jobrunr;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.localpostgres.Database;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * JobRunr in its free edition.
 */
public final class JobRunrContestant implements Contestant {

	private static final int WORKERS = 16;

	private static final Duration SHORTEST_POLL_INTERVAL = Duration.ofSeconds(5);

	// Its first look at the queue comes one second after the start.
	private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

	private static final String FILLER = Filler.of(Filler.USUAL_PAYLOAD);

	private final JsonMapper mapper = new Jackson3JsonMapper();

	private final HikariDataSource pool;

	private final JobTable table;

	private final StorageProvider storage;

	private final JobRequestScheduler scheduler;

	private @Nullable BackgroundJobServer server;

	/**
	 * Creates a contestant with a connection pool of its own.
	 */
	public JobRunrContestant(Database database) {
		this.pool = new HikariDataSource(poolSettings(database));
		this.table = new JobTable(this.pool);
		this.storage = new PostgresStorageProvider(this.pool, DatabaseOptions.NO_VALIDATE);
		this.storage.setJobMapper(new JobMapper(this.mapper));
		this.scheduler = new JobRequestScheduler(this.storage);
	}

	private static HikariConfig poolSettings(Database database) {
		HikariConfig settings = new HikariConfig();
		settings.setJdbcUrl(database.jdbcUrl());
		settings.setUsername(database.username());
		settings.setPassword(database.password());
		settings.setMaximumPoolSize(WORKERS + 8);
		settings.addDataSourceProperty("reWriteBatchedInserts", "true");
		return settings;
	}

	@Override
	public void createTables() {
		new PostgresStorageProvider(this.pool, DatabaseOptions.CREATE).close();
	}

	@Override
	public void preload(int first, int count, int payloadBytes) {
		this.scheduler.enqueue(jobs(first, count, Filler.of(payloadBytes)));
	}

	@Override
	public void enqueue(int number) {
		this.scheduler.enqueue(new NumberedJob(number, FILLER));
	}

	// One transaction up to StorageProvider.BATCH_SIZE jobs, which is 5000.
	@Override
	public void enqueueAll(int first, int count) {
		this.scheduler.enqueue(jobs(first, count, FILLER));
	}

	private static Stream<NumberedJob> jobs(int first, int count, String filler) {
		return IntStream.range(first, first + count).mapToObj((number) -> new NumberedJob(number, filler));
	}

	@Override
	public void startWorking(Ledger ledger) {
		BackgroundJobServer server = new BackgroundJobServer(this.storage, this.mapper,
				new SingleHandlerActivator(new NumberedJobHandler(ledger)),
				BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
					.andWorkerCount(WORKERS)
					.andPollInterval(SHORTEST_POLL_INTERVAL));
		long before = ledger.total();
		server.start();
		this.server = server;
		awaitFirstLook(ledger, before);
	}

	private static void awaitFirstLook(Ledger ledger, long before) {
		long deadline = System.nanoTime() + FIRST_LOOK.toNanos();
		while (ledger.total() == before && System.nanoTime() < deadline) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	@Override
	public void stopWorking() {
		if (this.server != null) {
			this.server.stop();
			this.server = null;
		}
	}

	@Override
	public long unfinished() {
		return this.table.countUnfinished();
	}

	@Override
	public boolean isEmpty() {
		return this.table.isAllFinished();
	}

	@Override
	public void close() {
		stopWorking();
		this.storage.close();
		this.pool.close();
	}

	/** Stands for the container that would hold the handler. */
	private record SingleHandlerActivator(NumberedJobHandler handler) implements JobActivator {

		@Override
		public <T> T activateJob(Class<T> type) {
			return type.cast(this.handler);
		}

	}

}

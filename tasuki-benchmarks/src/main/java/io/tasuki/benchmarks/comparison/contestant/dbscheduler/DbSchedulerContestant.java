package io.tasuki.benchmarks.comparison.contestant.dbscheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.localpostgres.Database;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * db-scheduler, polling by lock-and-fetch.
 */
public final class DbSchedulerContestant implements Contestant {

	private static final TaskDescriptor<NumberedJob> JOB = TaskDescriptor.of("numbered-job", NumberedJob.class);

	private static final int THREADS = 20;

	private static final int PRELOAD_BATCH = 1_000;

	private static final String FILLER = Filler.of(Filler.USUAL_PAYLOAD);

	private final HikariDataSource pool;

	private final ScheduledTasks table;

	private final TransactionTemplate transaction;

	private final SchedulerClient joiningClient;

	private final SchedulerClient committingClient;

	private volatile @Nullable Scheduler scheduler;

	/**
	 * Creates a contestant with a connection pool of its own.
	 */
	public DbSchedulerContestant(Database database) {
		this.pool = new HikariDataSource(poolSettings(database));
		this.table = new ScheduledTasks(this.pool);
		this.transaction = new TransactionTemplate(new DataSourceTransactionManager(this.pool));
		this.joiningClient = client(new TransactionAwareDataSourceProxy(this.pool));
		this.committingClient = client(this.pool);
	}

	private static HikariConfig poolSettings(Database database) {
		HikariConfig settings = new HikariConfig();
		settings.setJdbcUrl(database.jdbcUrl());
		settings.setUsername(database.username());
		settings.setPassword(database.password());
		settings.setMaximumPoolSize(THREADS + 8);
		settings.addDataSourceProperty("reWriteBatchedInserts", "true");
		return settings;
	}

	private static SchedulerClient client(DataSource dataSource) {
		return SchedulerClient.Builder.create(dataSource).serializer(new JsonSerializer()).build();
	}

	@Override
	public void createTables() {
		this.table.create();
	}

	@Override
	public void preload(int first, int count, int payloadBytes) {
		String filler = Filler.of(payloadBytes);
		int end = first + count;
		for (int next = first; next < end; next += PRELOAD_BATCH) {
			scheduleInTransaction(jobs(next, Math.min(PRELOAD_BATCH, end - next), filler));
		}
	}

	// A batch of one is inserted without asking first whether the job is there.
	@Override
	public void enqueue(int number) {
		Scheduler scheduler = this.scheduler;
		SchedulerClient client = (scheduler != null) ? scheduler : this.committingClient;
		client.scheduleBatch(jobs(number, 1, FILLER), Instant.now());
	}

	// Immediate execution would look before the commit, and find nothing.
	@Override
	public void enqueueAll(int first, int count) {
		scheduleInTransaction(jobs(first, count, FILLER));
		Scheduler scheduler = this.scheduler;
		if (scheduler != null) {
			scheduler.triggerCheckForDueExecutions();
		}
	}

	private void scheduleInTransaction(List<TaskInstance<?>> jobs) {
		this.transaction.executeWithoutResult((status) -> this.joiningClient.scheduleBatch(jobs, Instant.now()));
	}

	private static List<TaskInstance<?>> jobs(int first, int count, String filler) {
		return IntStream.range(first, first + count)
			.<TaskInstance<?>>mapToObj((number) -> job(number, filler))
			.toList();
	}

	private static TaskInstance<NumberedJob> job(int number, String filler) {
		return JOB.instance(Integer.toString(number)).data(new NumberedJob(number, filler)).build();
	}

	@Override
	public void startWorking(Ledger ledger) {
		Task<NumberedJob> task = Tasks.oneTime(JOB)
			.execute((instance, context) -> ledger.ran(instance.getData().number()));
		Scheduler scheduler = Scheduler.create(this.pool, task)
			.serializer(new JsonSerializer())
			.threads(THREADS)
			.pollUsingLockAndFetch(1.0, 4.0)
			.pollingInterval(Duration.ofMillis(100))
			.enableImmediateExecution()
			.build();
		scheduler.start();
		this.scheduler = scheduler;
	}

	@Override
	public void stopWorking() {
		Scheduler scheduler = this.scheduler;
		if (scheduler != null) {
			scheduler.stop();
			this.scheduler = null;
		}
	}

	@Override
	public long unfinished() {
		return this.table.count();
	}

	@Override
	public boolean isEmpty() {
		return this.table.isEmpty();
	}

	@Override
	public void close() {
		stopWorking();
		this.pool.close();
	}

}

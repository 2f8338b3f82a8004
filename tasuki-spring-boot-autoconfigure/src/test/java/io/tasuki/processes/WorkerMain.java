package io.tasuki.processes;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.postgres.PostgresJobNotifications;
import io.tasuki.postgres.PostgresWorkerStores;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRegistry;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerSettings;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The program of a child JVM: one worker, put together by hand. Prints {@code READY} once
 * it reaches its database, and stops the worker when the JVM is asked to end.
 */
final class WorkerMain {

	static final String ENGINE_URL = "ENGINE_URL";

	static final String KINDS = "KINDS";

	static final Duration BACKOFF = Duration.ofMillis(500);

	private static final int MAX_ATTEMPTS = 25;

	private WorkerMain() {
	}

	/**
	 * Runs a worker. The environment may name another {@value #ENGINE_URL} for the
	 * worker's own connections, and the only {@value #KINDS} to handle.
	 * @param args URL, user and password of the database, and {@link WorkerOptions}
	 */
	public static void main(String[] args) throws InterruptedException {
		WorkerOptions options = WorkerOptions.of(Arrays.asList(args).subList(3, args.length));
		DataSource engine = unpooled(args);
		DataSource application = pool(args, options.concurrency());
		HandlerRegistry handlers = new HandlerRegistry();
		new LedgerHandlers(application).byKind().forEach((kind, handler) -> {
			if (isHandled(kind)) {
				handlers.register(HandlerRegistration.of(kind, handler));
			}
		});
		EffectHandlers.register(handlers, application, pool(args, options.concurrency()), options.lease());
		ExecutorService executor = Executors.newCachedThreadPool((command) -> {
			Thread thread = new Thread(command, "handler");
			thread.setDaemon(true);
			return thread;
		});
		PostgresJobNotifications notifications = new PostgresJobNotifications(engine, true);
		Worker worker = new Worker(settings(options), handlers,
				new OwnerPrintingStores(new PostgresWorkerStores(engine, true)), notifications, List.of(), executor);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			worker.stop();
			notifications.close();
			System.out.println("STOPPED");
		}));
		worker.start();
		while (worker.health().sinceLastContact() == null || !worker.health().listening()) {
			Thread.sleep(20);
		}
		System.out.println("CLOCK " + System.currentTimeMillis());
		System.out.println("READY");
		new CountDownLatch(1).await();
	}

	// The worker keeps its connections. A pool would add its own pauses between two tries
	// to reach the database, longer than these leases allow.
	private static DataSource unpooled(String[] args) {
		Properties properties = new Properties();
		properties.setProperty("connectTimeout", "1");
		properties.setProperty("socketTimeout", "30");
		properties.setProperty("tcpKeepAlive", "true");
		properties.setProperty("ApplicationName", "tasuki");
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				System.getenv().getOrDefault(ENGINE_URL, args[0]), args[1], args[2]);
		dataSource.setConnectionProperties(properties);
		return dataSource;
	}

	private static boolean isHandled(String kind) {
		String only = System.getenv(KINDS);
		return only == null || List.of(only.split(",")).contains(kind);
	}

	private static DataSource pool(String[] args, int size) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(args[0]);
		pool.setUsername(args[1]);
		pool.setPassword(args[2]);
		pool.setMaximumPoolSize(size);
		pool.setMinimumIdle(0);
		pool.setInitializationFailTimeout(-1);
		pool.setConnectionTimeout(1_000);
		pool.setValidationTimeout(1_000);
		return pool;
	}

	private static WorkerSettings settings(WorkerOptions options) {
		return new WorkerSettings(options.concurrency(), Map.of(), options.lease(), options.pollInterval(),
				options.shutdownTimeout(), options.maxCrashes(), MAX_ATTEMPTS, (attempt) -> BACKOFF, null);
	}

}

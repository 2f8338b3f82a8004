package io.tasuki.benchmarks.comparison.contestant.bare;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.sql.DataSource;

import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.postgres.BareStatements;
import io.tasuki.store.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that claims, a thread that completes, and a queue between them. */
final class BareLoop {

	private static final Logger logger = LoggerFactory.getLogger(BareLoop.class);

	private static final int CLAIMS_AHEAD = 10;

	private final DataSource dataSource;

	private final boolean archive;

	private final Ledger ledger;

	private final BlockingQueue<List<Lease>> claimed = new ArrayBlockingQueue<>(CLAIMS_AHEAD);

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	private volatile boolean stopping;

	private CompletableFuture<Void> claiming = CompletableFuture.completedFuture(null);

	private CompletableFuture<Void> completing = CompletableFuture.completedFuture(null);

	BareLoop(DataSource dataSource, boolean archive, Ledger ledger) {
		this.dataSource = dataSource;
		this.archive = archive;
		this.ledger = ledger;
	}

	void start() {
		this.claiming = CompletableFuture.runAsync(() -> run(this::claim), this.threads);
		this.completing = CompletableFuture.runAsync(() -> run(this::complete), this.threads);
	}

	private static void run(Task task) {
		try {
			task.run();
		}
		catch (SQLException | RuntimeException ex) {
			logger.error("The loop has ended", ex);
			throw new CompletionException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void claim() throws SQLException, InterruptedException {
		try (Connection connection = BareStatements.open(this.dataSource, "bare claimer");
				BareClaimer claimer = new BareClaimer(connection)) {
			while (!this.stopping) {
				List<Lease> leases = claimer.claim(this.ledger);
				if (leases.isEmpty()) {
					Thread.sleep(1);
				}
				else {
					this.claimed.put(leases);
				}
			}
		}
		finally {
			this.claimed.put(List.of());
		}
	}

	// An empty list is the last one.
	private void complete() throws SQLException, InterruptedException {
		try (Connection connection = BareStatements.open(this.dataSource, "bare completer");
				BareCompleter completer = new BareCompleter(connection, this.archive)) {
			boolean last = false;
			while (!last) {
				last = completer.complete(this.claimed);
			}
		}
	}

	void stop() {
		this.stopping = true;
		this.claiming.join();
		this.completing.join();
		this.threads.shutdown();
	}

	private interface Task {

		void run() throws SQLException, InterruptedException;

	}

}

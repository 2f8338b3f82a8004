package io.tasuki.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

import io.tasuki.benchmarks.soak.fault.Faults;
import io.tasuki.benchmarks.soak.fault.Site;
import io.tasuki.benchmarks.soak.ledger.Books;
import io.tasuki.benchmarks.soak.ledger.LedgerTables;
import io.tasuki.benchmarks.soak.ledger.Notes;
import io.tasuki.benchmarks.soak.ledger.Report;
import io.tasuki.benchmarks.soak.ledger.Verdict;
import io.tasuki.benchmarks.soak.process.LeasedRows;
import io.tasuki.benchmarks.soak.process.WorkerCommand;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.process.Workers;
import io.tasuki.benchmarks.soak.worker.WorkerApplication;

import org.springframework.util.FileSystemUtils;

/**
 * One soak: load and faults for some minutes, then quiet until the queue is empty, then
 * the verdict.
 */
public final class Soak {

	private static final Duration LONGEST_DRAIN = Duration.ofMinutes(3);

	private final SoakOptions options;

	private final SoakDatabase database;

	private final Workers workers;

	private final Site site;

	private final Notes notes;

	private final Progress progress;

	private Soak(SoakOptions options, SoakDatabase database) {
		this.options = options;
		this.database = database;
		this.notes = new Notes(options.lease());
		this.workers = new Workers(new WorkerCommand(options.folder(), SoakDatabase.NAME, database.server().password(),
				options.lease(), options.seed()), this::ended);
		this.site = new Site(database.server(), database.jdbc(), this.workers,
				new LeasedRows(database.jdbc(), this.workers), this.notes, options.lease(), new CountDownLatch(1));
		this.progress = new Progress(database.jdbc(), this.notes, this.workers);
	}

	/**
	 * Soaks and exits: with 0 if the verdict is good, 1 if it is not, 2 if the arguments
	 * cannot be read.
	 * @param arguments see {@link SoakOptions}
	 */
	public static void main(String[] arguments) throws Exception {
		SoakOptions options;
		try {
			options = SoakOptions.parse(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
			return;
		}
		System.exit(run(options) ? 0 : 1);
	}

	private static boolean run(SoakOptions options) throws IOException, InterruptedException {
		FileSystemUtils.deleteRecursively(options.folder());
		Files.createDirectories(options.folder());
		try (SoakDatabase database = new SoakDatabase()) {
			Soak soak = new Soak(options, database);
			Thread emergency = new Thread(() -> soak.abandon(database));
			Runtime.getRuntime().addShutdownHook(emergency);
			try {
				return soak.run();
			}
			finally {
				soak.workers.close();
				Runtime.getRuntime().removeShutdownHook(emergency);
			}
		}
	}

	/** Somebody ended the soak from outside. */
	private void abandon(SoakDatabase database) {
		this.workers.close();
		database.close();
	}

	private boolean run() throws IOException, InterruptedException {
		System.out.printf("Soak of %d min, seed %d: %d workers, leases of %s, a fault every %s, %d jobs/s; %s%n",
				this.options.minutes(), this.options.seed(), this.options.workers(), text(this.options.lease()),
				text(this.options.faultInterval()), this.options.jobsPerSecond(), this.database.version());
		this.database.initialize(this.options.workers());
		Instant began;
		long rolledBack;
		try (Load load = new Load(this.database.producer())) {
			this.workers.start(this.options.workers(), this.database.server().port(), this.options.jobsPerSecond() / 2);
			this.workers.awaitReady();
			began = Instant.now();
			load.start(this.options.seed(), this.options.jobsPerSecond() / 2);
			soak();
			rolledBack = load.end();
		}
		drain();
		this.workers.terminate();
		return judge(began, rolledBack);
	}

	private static String text(Duration duration) {
		return duration.toString().substring(2).toLowerCase(Locale.ROOT);
	}

	private void soak() throws InterruptedException {
		this.progress.begin();
		Thread faults = new Thread(this::disturb, "faults");
		faults.start();
		this.progress.show(Duration.ofMinutes(this.options.minutes()), () -> false);
		this.workers.quiet();
		this.site.end().countDown();
		faults.join();
	}

	private void disturb() {
		try {
			new Faults(this.site, this.options.seed(), this.options.workers()).run(this.options.faultInterval());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void ended(WorkerPlace place, int code) throws InterruptedException {
		if (code == WorkerApplication.HALTED) {
			Faults.halted(this.site, place);
		}
		else {
			this.notes.surprise("%s ended with %d".formatted(place, code));
		}
	}

	private void drain() throws InterruptedException {
		System.out.println("No more load, no more faults: until the queue is empty");
		this.workers.awaitReady();
		this.progress.show(LONGEST_DRAIN, () -> this.progress.live() == 0);
	}

	private boolean judge(Instant began, long rolledBack) throws IOException {
		LedgerTables tables = new LedgerTables(this.database.jdbc());
		Books books = new Books(tables.expected(), this.workers.runs(), tables.effects(), tables.rows(),
				this.notes.incidents(), this.notes.surprises());
		Verdict verdict = Verdict.of(books);
		String text = new Report(books, verdict, began, rolledBack).text();
		System.out.printf("%n%s%nSeed %d; logs and runs of all processes in %s%n", text, this.options.seed(),
				this.options.folder());
		Files.writeString(this.options.folder().resolve("report.txt"), text);
		if (!verdict.passed()) {
			Evidence.save(this.database.jdbc(), this.options.folder());
		}
		return verdict.passed();
	}

}

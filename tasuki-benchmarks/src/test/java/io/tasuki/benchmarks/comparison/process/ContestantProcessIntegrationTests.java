package io.tasuki.benchmarks.comparison.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ContestantProcessIntegrationTests {

	private static final int JOBS = 700;

	@TempDir
	Path folder;

	private final Database database = TestPostgres.shared().freshDatabase();

	@ParameterizedTest
	@EnumSource
	void everyEntrantRunsEachJobOnceAndRestsInBetween(Entrant entrant) throws InterruptedException {
		try (ContestantProcess process = start(entrant)) {
			process.ask(new CreateTables());
			process.ask(new Preload(0, 500, 100));
			assertThat(process.ask(new CountUnfinished())).isEqualTo(500);
			work(process);
			assertThat(process.ask(new CountRuns())).isEqualTo(500);
			process.ask(new EnqueueAtPace(Way.ONE_BY_ONE, 500, 100, 10_000, 2, 1));
			process.ask(new EnqueueAtPace(Way.TOGETHER, 600, 100, 10_000, 2, 50));
			work(process);
			assertThat(process.trace(0, JOBS).checkOnce().firstStart()).isPositive();
			assertThat(process.ask(new CountUnfinished())).isZero();
			assertThat(process.ask(new ReadUsage(true)).cpuMicros()).isPositive();
		}
	}

	private static void work(ContestantProcess process) throws InterruptedException {
		process.ask(new StartWorking());
		Awaitility.await()
			.pollInterval(Duration.ofMillis(50))
			.atMost(Duration.ofSeconds(60))
			.until(() -> process.ask(new AskIsEmpty()));
		process.ask(new StopWorking());
	}

	@Test
	void jobAddsOneRoundTripToABusinessTransaction() throws InterruptedException {
		Database counted = new Database(RoundTrips.counted(this.database.jdbcUrl()), this.database.username(),
				this.database.password());
		try (ContestantProcess process = start(Entrant.TASUKI, counted)) {
			process.ask(new CreateTables());
			process.ask(new CreateBusinessTable());
			process.ask(new CountRoundTrips(Way.WITH_BUSINESS, 0, 50));
			process.ask(new CountRoundTrips(Way.BUSINESS_ALONE, 50, 50));
			double with = process.ask(new CountRoundTrips(Way.WITH_BUSINESS, 100, 50));
			double without = process.ask(new CountRoundTrips(Way.BUSINESS_ALONE, 150, 50));
			assertThat(without).isPositive();
			assertThat(with - without).isEqualTo(1);
		}
	}

	@Test
	void enqueuesIntoAQueueOfTheConfigurationAndTellsWhatItUses() throws InterruptedException {
		List<String> options = List.of("-Xmx64m", "-Dtasuki.queues.other.concurrency=3");
		try (ContestantProcess process = new ProcessCommand(this.folder).start(Entrant.TASUKI, this.database, "jvm",
				JOBS, options)) {
			process.ask(new CreateTables());
			process.ask(new EnqueueInto("other", 0, 100));
			Usage before = process.ask(new ReadUsage(false));
			work(process);
			assertThat(process.trace(0, 100).checkOnce().waits()).hasSize(100);
			Usage after = process.ask(new ReadUsage(true));
			assertThat(after.allocatedSince(before)).isPositive();
			assertThat(after.heapBytes()).isLessThan(64 * 1024 * 1024);
			assertThat(after.threads()).isGreaterThan(16);
		}
	}

	@Test
	void orderThatFailsSaysWhyAndTheNextOneIsObeyed() throws InterruptedException {
		try (ContestantProcess process = start(Entrant.BARE)) {
			assertThatIllegalStateException().isThrownBy(() -> process.ask(new Preload(0, 10, 100)))
				.withMessageContaining("relation \"tasuki.job\" does not exist");
			process.ask(new CreateTables());
			assertThat(process.ask(new AskIsEmpty())).isTrue();
		}
	}

	@Test
	void processThatIsGoneObeysNothing() {
		ContestantProcess process = start(Entrant.BARE);
		process.kill();
		assertThatIllegalStateException().isThrownBy(() -> process.ask(new CountRuns())).withMessageContaining("see ");
		process.close();
	}

	private ContestantProcess start(Entrant entrant) {
		return start(entrant, this.database);
	}

	private ContestantProcess start(Entrant entrant, Database database) {
		return new ProcessCommand(this.folder).start(entrant, database, "jvm", JOBS);
	}

}

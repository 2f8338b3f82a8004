package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.tasuki.FoundJob;
import io.tasuki.LogLine;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.Report;
import io.tasuki.store.Report.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What handlers say of jobs that run on. */
@Timeout(60)
class WriteReportsIntegrationTests {

	private static TestDatabase database;

	private PostgresLeaseStore store;

	private PostgresJobStore jobs;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void openStore() {
		database.clear();
		this.store = database.leaseStore();
		this.jobs = new PostgresJobStore(database.dataSource, false);
	}

	@AfterEach
	void closeStore() {
		this.store.close();
	}

	@Test
	@DisplayName("Rule 11: lines, progress and metadata are written in one statement, each as far as there is news")
	void writesWhatThereIsNewsOf() {
		Lease lease = claim();
		write(report(lease, 1, "one"));
		write(new Report(lease, 40, "half way"));
		write(new Report(lease, null, List.of(), Map.of("row", "17")));
		FoundJob found = find(lease);
		assertThat(found.logLines()).extracting(LogLine::text).containsExactly("one");
		assertThat(found.progress()).isEqualTo(40);
		assertThat(found.progressNote()).isEqualTo("half way");
		assertThat(found.job().metadata()).isEqualTo(Map.of("row", "17"));
		write(new Report(lease, 50, null));
		assertThat(find(lease).progressNote()).isNull();
	}

	@Test
	void knowsWhenALineWasSaidByTheDatabasesClock() { // S20
		Lease lease = claim();
		long now = System.nanoTime();
		write(new Report(lease, null, List.of(new Line(1, 1, now - Duration.ofHours(3).toNanos(), "long ago"),
				new Line(1, 2, now, "just now")), null));
		Instant databases = database.jdbc.queryForObject("select clock_timestamp()",
				(row, number) -> Timestamps.instant(row, 1));
		List<LogLine> lines = find(lease).logLines();
		assertThat(lines).extracting(LogLine::attempt).containsExactly(1, 1);
		assertThat(Duration.between(lines.get(0).at(), lines.get(1).at())).isBetween(Duration.ofHours(3).minusMillis(1),
				Duration.ofHours(3).plusMillis(1));
		assertThat(lines.get(1).at()).isBetween(databases.minusSeconds(60), databases);
	}

	@Test
	void keepsTheLatestLines() {
		Lease lease = claim();
		write(new Report(lease, null, lines(1, 90), null));
		write(new Report(lease, null, lines(91, 105), null));
		assertThat(find(lease).logLines()).hasSize(LogLine.MAX_LINES)
			.extracting(LogLine::text)
			.startsWith("line 6")
			.endsWith("line 105");
	}

	@Test
	@DisplayName("Rule 11: a report that is given again, because the answer to the first was lost, changes nothing more")
	void writesALineOnce() {
		Lease lease = claim();
		write(new Report(lease, null, lines(1, 3), Map.of("row", "1")));
		write(new Report(lease, null, lines(1, 5), Map.of("row", "1")));
		assertThat(find(lease).logLines()).extracting(LogLine::text)
			.containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
	}

	@Test
	void keepsTheLinesOfEarlierAttempts() {
		Lease first = claim();
		write(report(first, 1, "first"));
		database.jdbc.update("update tasuki.job set lease_expires_at = null, lock_owner = null");
		ClaimedJob again = this.store.claim(TestDatabase.anyWork(1)).get(0);
		write(new Report(again.lease(), null, List.of(new Line(2, 1, System.nanoTime(), "second")), null));
		assertThat(find(first).logLines()).extracting((line) -> line.attempt() + " " + line.text())
			.containsExactly("1 first", "2 second");
	}

	@Test
	void tellsTheNextAttemptWhatMetadataWasWritten() {
		Lease lease = claim();
		database.jdbc.update("update tasuki.job set metadata = '{\"from\": \"the enqueue\"}'");
		write(new Report(lease, null, List.of(), Map.of("from", "the enqueue", "row", "17")));
		database.jdbc.update("update tasuki.job set lease_expires_at = null, lock_owner = null");
		assertThat(this.store.claim(TestDatabase.anyWork(1))).singleElement()
			.satisfies((job) -> assertThat(job.job().metadata()).isEqualTo(Map.of("from", "the enqueue", "row", "17")));
	}

	@Test
	void removesTheLastOfTheMetadata() {
		Lease lease = claim();
		write(new Report(lease, null, List.of(), Map.of("row", "17")));
		write(new Report(lease, null, List.of(), Map.of()));
		assertThat(database.isNull("metadata", lease.id().value())).isTrue();
	}

	@Test
	void storesAnyText() {
		Lease lease = claim();
		String strange = "nul \0, half \uD83D, quote \", backslash \\, \\u0000, break \r\n, bell \u0007, 🍀 ' $1 ?";
		write(new Report(lease, new Report.Progress(1, strange), List.of(new Line(1, 1, System.nanoTime(), strange)),
				Map.of(strange, strange)));
		String stored = strange.replace('\0', '\uFFFD').replace("\uD83D,", "\uFFFD,");
		FoundJob found = find(lease);
		assertThat(found.logLines().get(0).text()).isEqualTo(stored);
		assertThat(found.progressNote()).isEqualTo(stored);
		assertThat(found.job().metadata()).isEqualTo(Map.of(stored, stored));
	}

	@Test
	void writesNothingUnderALostLeaseAndLeavesALockedRowForLater() { // B35
		Lease held = claim();
		Lease lost = claim();
		Lease locked = claim();
		database.leaseToStranger(lost.id().value());
		List<Report> reports = List.of(report(held, 1, "held"), report(lost, 1, "lost"), report(locked, 1, "locked"));
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.queryForList("select from tasuki.job where id = ? for update", locked.id().value());
			assertThat(this.store.writeReports(reports)).containsExactly(held);
		});
		assertThat(this.store.writeReports(reports)).containsExactlyInAnyOrder(held, locked);
		assertThat(find(lost).logLines()).isEmpty();
		assertThat(find(locked).logLines()).hasSize(1);
	}

	@Test
	void writesMoreThanOneStatementTakes() {
		database.insertMany(60);
		List<Report> reports = new ArrayList<>();
		for (ClaimedJob job : this.store.claim(TestDatabase.anyWork(60))) {
			reports.add(new Report(job.lease(), null, lines(1, 100), Map.of("row", "1")));
		}
		assertThat(this.store.writeReports(reports)).hasSize(60);
		assertThat(database.jdbc.queryForList("select distinct jsonb_array_length(log_lines) from tasuki.job",
				Integer.class))
			.containsExactly(100);
	}

	@Test
	@DisplayName("S27: one report that the server refuses holds up no other, and is not given again")
	void oneReportTheServerRefusesHoldsUpNoOther() {
		Lease first = claim();
		Lease refused = claim();
		Lease last = claim();
		JdbcTemplate jdbc = database.jdbc;
		jdbc.execute("alter table tasuki.job add constraint poison check (progress_note is distinct from 'poison')");
		try {
			assertThat(this.store.writeReports(
					List.of(new Report(first, 1, null), new Report(refused, 2, "poison"), new Report(last, 3, null))))
				.containsExactlyInAnyOrder(first, refused, last);
		}
		finally {
			jdbc.execute("alter table tasuki.job drop constraint poison");
		}
		assertThat(find(first).progress()).isEqualTo(1);
		assertThat(find(refused).progress()).isNull();
		assertThat(find(last).progress()).isEqualTo(3);
	}

	@Test
	void replacesLinesThatAreNone() {
		Lease lease = claim();
		database.jdbc.update("update tasuki.job set log_lines = '{\"by\": \"hand\"}'");
		write(report(lease, 1, "one"));
		assertThat(find(lease).logLines()).hasSize(1);
	}

	private static List<Line> lines(int from, int to) {
		return IntStream.rangeClosed(from, to)
			.mapToObj((number) -> new Line(1, number, System.nanoTime(), "line " + number))
			.toList();
	}

	private static Report report(Lease lease, int number, String text) {
		return new Report(lease, null, List.of(new Line(lease.leaseNo(), number, System.nanoTime(), text)), null);
	}

	private void write(Report report) {
		assertThat(this.store.writeReports(Collections.singleton(report))).containsExactly(report.lease());
	}

	private FoundJob find(Lease lease) {
		return this.jobs.find(lease.id()).orElseThrow();
	}

	private Lease claim() {
		database.insert();
		return this.store.claim(TestDatabase.anyWork(1)).get(0).lease();
	}

}

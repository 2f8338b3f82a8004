package io.tasuki.postgres;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Each statement of a worker uses the index it is meant to, whenever it was planned. */
class PlanIntegrationTests {

	private static final String LEASES = "'{1,2}', '{1,1}', '{7,7}'";

	private static final String FILTER = "'{AVAILABLE}', null, null, null, '-infinity', 'infinity'";

	private static final String ERRORS = "'{a,b}', '{a,b}', '{a,b}'";

	private static TestDatabase database;

	private EngineConnection connection;

	private JdbcTemplate jdbc;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void openConnection() {
		database.clear();
		this.connection = database.connection();
		this.jdbc = new JdbcTemplate(this.connection);
	}

	@AfterEach
	void closeConnection() {
		this.connection.discard();
	}

	static Stream<Statement> statements() {
		return Stream.of(new Statement("ClaimJobs", ClaimJobs.SQL,
				"7, 30000000, '{default}', '{work}', '{10}', true, 30000000,"
						+ " array_fill('-infinity'::timestamptz, array[10]), array_fill(0::bigint, array[10]), 7, 10",
				"job_ready", "(queue = line.queue) AND (priority = level.priority) AND (ROW(run_at, id) > ROW(", true),
				new Statement("ClaimAnnouncedJobs", ClaimAnnouncedJobs.SQL,
						"7, 30000000, 'default', 5, '-infinity', 0, '{work}', 10", "job_ready",
						"(queue = $3) AND (priority = $4) AND (ROW(run_at, id) > ROW(", true),
				new Statement("RenewLeases", RenewLeases.SQL, "30000000, " + LEASES, "job_pk",
						"(id >= held.id) AND (id <= held.id)", true),
				new Statement("FindHeldLeases", FindHeldLeases.SQL, LEASES, "job_pk",
						"(id >= held.id) AND (id <= held.id)", false),
				new Statement("ChargeCrash", ChargeCrash.SQL, "1, 1, 1, 7", "job_pk", "(id >= $1) AND (id <= $2)",
						true),
				new Statement("FindCrashedWorkers", FindCrashedWorkers.SQL, "1, 1, 7", "owner_pk", "id = crashed.owner",
						false),
				new Statement("WriteReports", WriteReports.SQL, LEASES + ", '{1,2}', '{a,b}', '{[],[]}', '{NULL,NULL}'",
						"job_pk", "(id >= report.id) AND (id <= report.id)", true),
				new Statement("LookAtQueues", LookAtQueues.SQL, "'{default}'", "job_ready",
						"(queue = asked.queue) AND (priority = level.priority) AND (run_at > now())", false),
				new Statement("ArchiveSucceededJobs", ArchiveSucceededJobs.SQL, LEASES + ", null", "job_pk",
						"(id >= done.id) AND (id <= done.id)", true),
				new Statement("ArchiveCancelledJobs", ArchiveCancelledJobs.SQL, LEASES + ", " + ERRORS + ", '{a,b}'",
						"job_pk", "(id >= done.id) AND (id <= done.id)", true),
				new Statement("DeleteCompletedJobs", DeleteCompletedJobs.SQL, LEASES, "job_pk",
						"(id >= done.id) AND (id <= done.id)", true),
				new Statement("ReturnJobs", ReturnJobs.SQL,
						LEASES + ", " + ERRORS + ", '{1,1}', '{2030-01-01,2030-01-01}', '{1,1}', '{0,0}'", "job_pk",
						"(id >= done.id) AND (id <= done.id)", true),
				new Statement("BuryJobs", BuryJobs.SQL, LEASES + ", " + ERRORS + ", '{a,b}', '{1,1}'", "job_pk",
						"(id >= done.id) AND (id <= done.id)", true),
				new Statement("ArchiveUnwantedJobs", ArchiveUnwantedJobs.SQL, LEASES + ", " + ERRORS + ", 'a'",
						"job_pk", "(id >= done.id) AND (id <= done.id)", true),
				new Statement("DeleteUnwantedJobs", DeleteUnwantedJobs.SQL, LEASES, "job_pk",
						"(id >= done.id) AND (id <= done.id)", true));
	}

	@ParameterizedTest
	@MethodSource("statements")
	void usesItsIndexOnALoadedAndAnalyzedTable(Statement statement) { // S21
		database.insertMany(20_000);
		database.jdbc.execute("analyze tasuki.job");
		prepare(statement);
		assertUsesItsIndex(statement);
	}

	@ParameterizedTest
	@MethodSource("statements")
	void usesItsIndexWhenPlannedOnAnEmptyTableThatFilledLater(Statement statement) { // S21
		database.jdbc.execute("vacuum analyze tasuki.job");
		prepare(statement);
		this.jdbc.queryForList(statement.explain());
		database.insertMany(20_000);
		assertUsesItsIndex(statement);
	}

	@ParameterizedTest
	@MethodSource("statements")
	void usesItsIndexWhenPlannedOnATableThatWasAnalyzedWithNextToNothingInIt(Statement statement) { // S21
		database.jdbc.execute("truncate tasuki.job");
		for (int rows = 0; rows <= 2; rows++) {
			database.jdbc.execute("analyze tasuki.job");
			prepare(statement);
			assertUsesItsIndex(statement);
			this.jdbc.execute("deallocate planned");
			database.insert();
		}
	}

	/** Those on the application's connections and the janitor's, planned as they come. */
	static Stream<Arguments> plainStatements() {
		String job = "'default', 'work', '{}', 5, null, null, 0";
		String jobs = "'{default}', '{work}', '{\"{}\"}', '{5}', '{0}', '{NULL}', '{0}', '{NULL}', '{NULL}'";
		return Stream.of(
				plain("InsertOneUniqueJob", InsertOneUniqueJob.SQL, job + ", null, null, '1'", "job_unique_key"),
				plain("InsertManyUniqueJobs", InsertManyUniqueJobs.SQL, jobs + ", '{1}'", "job_unique_key"),
				plain("ReplaceWaitingJobs", ReplaceWaitingJobs.SQL, jobs + ", '{1}', '{false}'", "job_pk"),
				plain("ReleaseUniqueKeys", ReleaseUniqueKeys.SQL, "'{1}'", "job_pk"),
				plain("FindJob", FindJob.SQL, "1, 1, 1", "job_pk", "job_dead_pk",
						"job_archive_[0-9]+_id_finished_at_idx"),
				plain("FindStanding", FindStanding.SQL, "1, 1, 1", "job_pk", "job_dead_pk",
						"job_archive_[0-9]+_id_finished_at_idx", "owner_pk"),
				plain("CountJobsAhead", CountJobsAhead.SQL, "1000, 'default', 5, now(), 7, '{work,other}', 1000, 1000",
						"job_ready"),
				plain("RequestCancel", RequestCancel.SQL, "1", "job_pk"),
				plain("RequestCancelOfKey", RequestCancelOfKey.SQL, "'default', '1'", "job_unique_key"),
				plain("RequestCancels", RequestCancels.SQL, "'{1,2}', '{AVAILABLE}'", "job_pk"),
				plain("ArchiveWaitingJobs", ArchiveWaitingJobs.SQL, "'{1}', ''", "job_pk"),
				plain("DeleteWaitingJobs", DeleteWaitingJobs.SQL, "'{1}'", "job_pk"),
				plain("LockLiveJob", LockLiveJob.SQL, "1", "job_pk"),
				plain("MoveJob", MoveJob.SQL, "true, null, 0, 1", "job_pk"),
				plain("FindEnd", FindEnd.SQL, "1, 1", "job_dead_pk", "job_archive_[0-9]+_id_finished_at_idx"),
				plain("ReviveDeadJobs", ReviveDeadJobs.SQL, "'{1,2,3}'", "job_dead_pk"),
				plain("FindKeyHolders", FindKeyHolders.SQL, "'{1,2,3}'", "job_dead_pk", "job_unique_key"),
				plain("DeleteDeadJobs", DeleteDeadJobs.SQL, "'{1,2,3}'", "job_dead_pk"),
				plain("ListLiveJobs", ListLiveJobs.SQL, "0, 1000, " + FILTER + ", 10, 10, 0, 999", "job_pk"),
				plain("ListLabelledJobs", ListLabelledJobs.SQL,
						"'even', 0, 1000, " + FILTER + ", 10, 10, 'even', 0, 999", "job_label"),
				plain("ListQueueJobs", ListQueueJobs.SQL, "'default', 1000, 'default', 1000, 0, " + FILTER + ", 10",
						"job_ready"),
				plain("ListDeadJobs", ListDeadJobs.SQL,
						"'infinity', 0, '-infinity', 1000, " + FILTER + ", 10, 10, 'infinity', 0, '-infinity', 999",
						"job_dead_order"),
				plain("ListLabelledDeadJobs", ListLabelledDeadJobs.SQL,
						"'even', 1000, 'even', 1000, 'infinity', 0, '-infinity', " + FILTER + ", 10", "job_dead_label"),
				plain("ListArchivedJobs", ListArchivedJobs.SQL,
						"'-infinity', 'infinity', '(0,0)', '(10,0)', " + FILTER + ", 10",
						"Tid Range Scan on job_archive_"),
				plain("DeleteArchivedJobs", DeleteArchivedJobs.SQL,
						"'-infinity', 'infinity', '{\"(0,1)\",\"(0,2)\"}', '{1,2}'", "Tid Scan on job_archive_"),
				plain("FindQueues", FindQueues.SQL, "100", "job_ready"),
				plain("CountLiveJobs", CountLiveJobs.SQL, "'{default}', 1000, 1000", "job_ready"),
				plain("CountDeadJobs", CountDeadJobs.SQL, "1000", "job_dead_order"),
				plain("LockJob", LockJob.SQL, "1, 1, 1", "job_pk"), plain("LockJobs", LockJobs.SQL, LEASES, "job_pk"),
				plain("FindExpiredDeadJobs", FindExpiredDeadJobs.SQL, "0, '-infinity', 0, 100", "job_dead_order"),
				plain("PruneDeadJobs", PruneDeadJobs.SQL, "'{1,2,3}', 0", "job_dead_pk"),
				plain("PruneOwners", PruneOwners.SQL, "0, 100", "owner_order"));
	}

	private static Arguments plain(String name, String sql, String arguments, String... indexes) {
		return Arguments.of(new Statement(name, sql, arguments, "", "", false), List.of(indexes));
	}

	@ParameterizedTest
	@MethodSource("plainStatements")
	void findsItsRowsByIndexesWithoutPlannerGuards(Statement statement, List<String> indexes) { // S21
		load();
		JdbcTemplate plain = database.jdbc;
		String explain = "explain " + literal(statement);
		String plan = String.join("\n", plain.queryForList(explain, String.class));
		assertThat(indexes).allSatisfy((index) -> assertThat(plan).containsPattern(index));
		assertThat(plan).doesNotContainPattern("Seq Scan on (job|job_dead|owner)\\b");
	}

	private static String literal(Statement statement) {
		String[] arguments = statement.arguments().split(", ");
		int[] count = new int[1];
		return Pattern.compile("\\?")
			.matcher(statement.sql())
			.replaceAll((parameter) -> Matcher.quoteReplacement(arguments[count[0]++]));
	}

	private static void load() {
		database.insertMany(20_000);
		database.jdbc
			.update("update tasuki.job set unique_key = id::text," + " label = case id % 2 when 0 then 'even' end");
		copyToArchiveAndDead();
		database.jdbc.update("""
				insert into tasuki.owner (id, worker, seen_at)
				select n, 'w', now() - n * interval '1 second' from generate_series(1, 20000) as n
				on conflict do nothing
				""");
		database.jdbc.execute("analyze tasuki.job, tasuki.job_dead, tasuki.job_archive, tasuki.owner");
	}

	/**
	 * Asked only after an outage, on a new connection: planned for the tables as they
	 * are.
	 */
	@Test
	void findsFatesByTheIndexesOfEachTable() { // S21
		database.insertMany(20_000);
		copyToArchiveAndDead();
		database.jdbc.execute("analyze tasuki.job, tasuki.job_dead, tasuki.job_archive");
		this.jdbc.execute("set enable_bitmapscan = on");
		Statement fates = new Statement("FindFates", FindFates.SQL, LEASES + ", '{1,1}', '{1,2}', 60000000", "", "",
				false);
		prepare(fates);
		String plan = String.join("\n", this.jdbc.queryForList(fates.explain(), String.class));
		assertThat(plan).contains("using job_pk", "using job_dead_pk", "_id_finished_at_idx")
			.doesNotContain("Seq Scan", "Hash Join", "Merge Join");
	}

	private static void copyToArchiveAndDead() {
		database.jdbc.update("""
				insert into tasuki.job_archive (
				       id, run_at, created_at, finished_at, lease_no, attempt, priority, crashes, outcome, queue, kind)
				select id, run_at, created_at, now(), 1, 1, priority, 0, 1, queue, kind from tasuki.job
				""");
		database.jdbc.update("""
				insert into tasuki.job_dead (
				       id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue, kind, label,
				       reason)
				select id, run_at, created_at, now(), 1, 1, priority, 0, queue, kind, label, '' from tasuki.job
				""");
	}

	@Test
	void looksForUnknownKindsInRunOrderAndStopsAtItsBound() { // S21
		Statement unknown = new Statement("FindUnknownKinds", FindUnknownKinds.SQL, "'{default}', 100, '{other}'", "",
				"", false);
		database.jdbc.execute("vacuum analyze tasuki.job");
		prepare(unknown);
		this.jdbc.queryForList(unknown.explain());
		database.insertMany(20_000);
		String plan = String.join("\n",
				this.jdbc.queryForList(unknown.explain().replace("explain", "explain (analyze)"), String.class));
		assertThat(plan).contains("using job_ready")
			.contains("((queue = named.queue) AND (priority = level.priority) AND (run_at <= now()))")
			.containsPattern("Index Scan using job_ready.* rows=30(\\.00)? loops=10")
			.doesNotContain("Seq Scan", "Bitmap", "Hash Join", "Merge Join");
	}

	@Test
	void measuresQueuesInRunOrderAndStopsAtItsBounds() { // B52, S21
		Statement measure = new Statement("MeasureQueues", MeasureQueues.SQL, "50, '{default,other}', 100, 50", "", "",
				false);
		database.jdbc.execute("vacuum analyze tasuki.job, tasuki.job_dead");
		prepare(measure);
		this.jdbc.queryForList(measure.explain());
		database.insertMany(20_000);
		copyToArchiveAndDead();
		String plan = String.join("\n",
				this.jdbc.queryForList(measure.explain().replace("explain", "explain (analyze)"), String.class));
		assertThat(plan).contains("((queue = named.queue) AND (priority = level.priority))")
			.containsPattern("Index Scan using job_ready.* rows=15(\\.00)? loops=20")
			.containsPattern("Index Scan Backward using job_dead_order.* rows=50(\\.00)? loops=1")
			.doesNotContain("Seq Scan", "Bitmap", "Hash Join", "Merge Join");
	}

	@Test
	void looksAtABoundedNumberOfJobsToSayWhyOneDoesNotRun() { // B55, S21
		database.jdbc.execute("vacuum analyze tasuki.job");
		database.insertMany(20_000);
		String ahead = analyzed(new Statement("CountJobsAhead", CountJobsAhead.SQL,
				"100, 'default', 5, now(), 7, '{work}', 100, 100", "", "", false));
		assertThat(ahead).contains("Index Cond: ((queue = ", "ROW(run_at, id) < ROW(")
			.containsPattern("Index (Only )?Scan using job_ready.* rows=(20|100)(\\.00)? loops=");
		String leased = analyzed(new Statement("FindLeasedJobs", FindLeasedJobs.SQL, "'default', 100", "", "", false));
		assertThat(leased).contains("(run_at <= statement_timestamp())")
			.containsPattern("Index Scan using job_ready.* rows=30(\\.00)? loops=10");
		assertThat(ahead + leased).doesNotContain("Seq Scan on job", "Bitmap", "Sort Key: job.run_at");
	}

	@Test
	void countsJobsInRunOrderAndStopsAtItsBound() { // B49, S21
		database.jdbc.execute("vacuum analyze tasuki.job");
		database.insertMany(20_000);
		String plan = analyzed(
				new Statement("CountLiveJobs", CountLiveJobs.SQL, "'{default,other}', 100, 100", "", "", false));
		assertThat(plan).contains("Index Cond: (queue = asked.queue)")
			.containsPattern("Index Scan using job_ready.* rows=50(\\.00)? loops=2")
			.doesNotContain("Seq Scan on job", "Bitmap", "Sort");
	}

	@Test
	void readsNoJobsOfAQueueOrALabelThatHasMany() { // B49, S21
		load();
		String queue = analyzed(new Statement("ListQueueJobs", ListQueueJobs.SQL,
				"'default', 1000, 'default', 1000, 0, " + FILTER + ", 10", "", "", false));
		assertThat(queue).containsPattern("Index Only Scan using job_ready.* rows=1001(\\.00)? loops=1")
			.containsPattern("Index Scan using job_ready.*never executed");
		String label = analyzed(new Statement("ListLabelledDeadJobs", ListLabelledDeadJobs.SQL,
				"'even', 1000, 'even', 1000, 'infinity', 0, '-infinity', " + FILTER + ", 10", "", "", false));
		assertThat(label).containsPattern("Index Only Scan using job_dead_label.* rows=1001(\\.00)? loops=1")
			.containsPattern("Index Scan using job_dead_label.*never executed");
		assertThat(queue + label).doesNotContain("Seq Scan", "Bitmap");
	}

	/** As it runs under guards, planned while the table was believed to be empty. */
	private String analyzed(Statement statement) {
		String explain = "explain (analyze) " + literal(statement);
		return String.join("\n", this.jdbc.queryForList(explain, String.class));
	}

	@Test
	void samplesWaitingJobsInRunOrderAndStopsAtItsBound() { // S21
		Statement sample = new Statement("SampleWaitingJobs", SampleWaitingJobs.SQL,
				"'{default}', 100, '{work,other}', 7", "", "", false);
		database.jdbc.execute("vacuum analyze tasuki.job");
		prepare(sample);
		this.jdbc.queryForList(sample.explain());
		database.insertMany(20_000);
		String plan = String.join("\n",
				this.jdbc.queryForList(sample.explain().replace("explain", "explain (analyze)"), String.class));
		assertThat(plan).contains("using job_ready")
			.contains("((queue = named.queue) AND (priority = level.priority))")
			.containsPattern("Index Scan using job_ready.* rows=30(\\.00)? loops=10")
			.containsPattern("Index Scan using job_pk.* rows=1(\\.00)? loops=7")
			.doesNotContain("Seq Scan", "Bitmap", "Hash Join", "Merge Join");
	}

	private void prepare(Statement statement) {
		this.jdbc.execute("prepare planned as " + numbered(statement.sql()));
	}

	private static String numbered(String sql) {
		Matcher parameters = Pattern.compile("\\?").matcher(sql);
		int[] count = new int[1];
		return parameters.replaceAll((parameter) -> "\\$" + ++count[0]);
	}

	// A scan of a whole index has no condition and is as bad as one of the whole table.
	private void assertUsesItsIndex(Statement statement) {
		List<String> plan = this.jdbc.queryForList(statement.explain(), String.class);
		String text = String.join("\n", plan).replaceAll("job(_\\d)?\\.", "");
		assertThat(text).contains("using " + statement.index())
			.contains(statement.condition())
			.doesNotContain("Seq Scan", "Sort", "Bitmap", "Hash Join", "Merge Join");
		assertThat(text.split("Index (Only )?Scan")).hasSameSizeAs(text.split("Index Cond: "));
		assertThat(text.contains("TID Cond: ")).isEqualTo(statement.writes());
	}

	record Statement(String name, String sql, String arguments, String index, String condition, boolean writes) {

		String explain() {
			return "explain execute planned(" + this.arguments + ")";
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}

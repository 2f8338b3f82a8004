package io.tasuki.postgres;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.JobId;
import io.tasuki.maintenance.Janitor;
import io.tasuki.maintenance.JanitorSettings;
import io.tasuki.store.Position;
import io.tasuki.store.Pruned;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PostgresMaintenanceStoreIntegrationTests {

	private static TestDatabase database;

	private PostgresMaintenanceStore store;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void createSchema() {
		database.jdbc.execute("drop schema tasuki cascade");
		new SchemaInitializer(database.dataSource).initialize();
		this.store = new PostgresMaintenanceStore(database.dataSource);
	}

	@Test
	void addsTheDaysThatAreMissing() {
		List<LocalDate> missing = this.store.missingArchiveDays(9);
		assertThat(missing).hasSize(2);
		missing.forEach(this.store::addArchiveDay);
		assertThat(this.store.missingArchiveDays(9)).isEmpty();
	}

	@Test
	void addsADayOnce() {
		LocalDate day = this.store.missingArchiveDays(8).get(0);
		this.store.addArchiveDay(day);
		this.store.addArchiveDay(day);
		assertThat(this.store.missingArchiveDays(8)).isEmpty();
	}

	@Test
	void addsADayWithTheArchivesIndex() {
		LocalDate day = this.store.missingArchiveDays(8).get(0);
		this.store.addArchiveDay(day);
		assertThat(database.jdbc.queryForObject("""
				select count(*) from pg_indexes
				 where schemaname = 'tasuki' and tablename like 'job\\_archive\\_%' and indexdef like '%USING brin%'
				""", Integer.class)).isEqualTo(9);
	}

	@Test
	void addsADayWhileACompletionIsUnderWay() { // rule 6
		LocalDate day = this.store.missingArchiveDays(8).get(0);
		database.transactions.executeWithoutResult((status) -> {
			archive("now()");
			this.store.addArchiveDay(day);
		});
		assertThat(this.store.missingArchiveDays(8)).isEmpty();
	}

	@Test
	void leavesADayToTheInstanceThatIsAtIt() {
		LocalDate day = this.store.missingArchiveDays(8).get(0);
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.queryForList("select pg_advisory_xact_lock(?)", 0x7461_7375_6b69_0002L);
			this.store.addArchiveDay(day);
			assertThat(this.store.missingArchiveDays(8)).containsExactly(day);
		});
	}

	@Test
	void letsOneInstanceWorkAtATime() { // B48
		PostgresMaintenanceStore other = new PostgresMaintenanceStore(database.dataSource);
		boolean ours = this.store.runAlone(() -> {
			assertThat(other.runAlone(() -> Assertions.fail("It is not the other's turn"))).isFalse();
			assertThat(this.store.missingArchiveDays(8)).hasSize(1);
		});
		assertThat(ours).isTrue();
		assertThat(other.runAlone(() -> {
		})).isTrue();
	}

	@Test
	void holdsNoSnapshotWhileItWorks() { // B51
		this.store
			.runAlone(() -> assertThat(new PostgresDatabaseOperations(database.dataSource).inspect().snapshotHolders())
				.noneMatch((holder) -> "idle in transaction".equals(holder.state())));
	}

	@Test
	void dropsDaysBehindTheRetention() { // B48
		LocalDate old = today().minusDays(3);
		LocalDate kept = today().minusDays(2);
		this.store.addArchiveDay(old);
		this.store.addArchiveDay(kept);
		archive("now() - interval '3 days'");
		assertThat(this.store.expiredArchiveDays(Duration.ofDays(2))).containsExactly(old);
		this.store.dropArchiveDay(old);
		this.store.dropArchiveDay(old);
		assertThat(this.store.expiredArchiveDays(Duration.ofDays(2))).isEmpty();
		assertThat(database.count("job_archive")).isZero();
		assertThat(this.store.expiredArchiveDays(Duration.ofHours(1))).containsExactly(kept);
	}

	@Test
	void givesUpOnADayThatSomebodyReads() { // S27
		LocalDate old = today().minusDays(3);
		this.store.addArchiveDay(old);
		database.transactions.executeWithoutResult((status) -> {
			database.count("job_archive");
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.store.dropArchiveDay(old));
		});
		this.store.dropArchiveDay(old);
	}

	@Test
	void leavesPartitionsThatAreNotItsOwn() {
		database.jdbc.execute("create table tasuki.mine partition of tasuki.job_archive"
				+ " for values from ('2001-01-01') to ('2001-01-02')");
		assertThat(this.store.expiredArchiveDays(Duration.ofDays(1))).isEmpty();
	}

	@Test
	void prunesTheOldestDeadJobsPageByPage() { // B47
		bury(10);
		Pruned first = this.store.pruneDead(Duration.ofDays(5), Position.START, 4);
		assertThat(first.deleted()).isEqualTo(4);
		assertThat(first.refused()).isEmpty();
		assertThat(dead()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
		assertThat(first.next()).isNotNull();
		Pruned last = this.store.pruneDead(Duration.ofDays(5), first.next(), 4);
		assertThat(last.deleted()).isEqualTo(2);
		assertThat(last.next()).isNull();
		assertThat(dead()).containsExactly(1L, 2L, 3L, 4L);
	}

	@Test
	@DisplayName("S27: a dead job that cannot be deleted keeps none of the others")
	void prunesTheOthersWhenADeadJobCannotBeDeleted() {
		bury(40);
		refuseToDelete("old.id in (12, 13, 37)");
		Map<JobId, String> refused = new LinkedHashMap<>();
		Position next = Position.START;
		for (int page = 0; next != null && page < 10; page++) {
			Pruned pruned = this.store.pruneDead(Duration.ofDays(5), next, 10);
			refused.putAll(pruned.refused());
			next = pruned.next();
		}
		assertThat(dead()).containsExactly(1L, 2L, 3L, 4L, 12L, 13L, 37L);
		assertThat(refused).containsOnlyKeys(new JobId(37), new JobId(13), new JobId(12));
		assertThat(refused.get(new JobId(37))).contains("poison");
	}

	@Test
	@DisplayName("S27: a page of nothing but dead jobs that cannot be deleted hides none behind it")
	void passesOverAPageOfDeadJobsThatCannotBeDeleted() {
		bury(20);
		refuseToDelete("old.id > 10");
		Pruned first = this.store.pruneDead(Duration.ofDays(5), Position.START, 10);
		assertThat(first.deleted()).isZero();
		assertThat(first.refused()).hasSize(10);
		assertThat(first.next()).isNotNull();
		assertThat(this.store.pruneDead(Duration.ofDays(5), first.next(), 10).deleted()).isEqualTo(6);
		assertThat(dead()).containsExactly(1L, 2L, 3L, 4L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
	}

	@Test
	@DisplayName("S27: the janitor's round prunes everything but the dead job that cannot be deleted")
	void janitorPrunesTheOthersWhenADeadJobCannotBeDeleted() {
		bury(2_500);
		refuseToDelete("old.id = 2000");
		Duration retention = Duration.ofDays(1);
		new Janitor(this.store, new JanitorSettings(true, retention, retention, retention)).runOnce();
		assertThat(dead()).containsExactly(2_000L);
	}

	@Test
	void leavesADeadJobThatSomebodyIsRetrying() {
		bury(8);
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.queryForList("select from tasuki.job_dead where id = 7 for update");
			assertThat(this.store.pruneDead(Duration.ofDays(5), Position.START, 10).deleted()).isEqualTo(3);
		});
		assertThat(dead()).containsExactly(1L, 2L, 3L, 4L, 7L);
	}

	private static void bury(int jobs) {
		database.jdbc.update(
				"""
						insert into tasuki.job_dead (id, run_at, created_at, died_at, lease_no, attempt, priority, crashes, queue,
						                             kind, reason)
						select number, now(), now(), now() - number * interval '1 day', 1, 1, 5, 0, 'default', 'work', 'why'
						  from generate_series(1, ?) as number
						""",
				jobs);
	}

	private static List<Long> dead() {
		return database.jdbc.queryForList("select id from tasuki.job_dead order by id", Long.class);
	}

	private static void refuseToDelete(String condition) {
		database.jdbc.execute("create function tasuki.refuse() returns trigger language plpgsql as"
				+ " 'begin raise exception ''poison''; end'");
		database.jdbc.execute("create trigger refuse before delete on tasuki.job_dead for each row when (" + condition
				+ ") execute function tasuki.refuse()");
	}

	@Test
	void prunesTheOwnersThatNobodySawForLongUpToALimit() {
		database.jdbc.execute("""
				insert into tasuki.owner (id, worker, seen_at)
				select number, 'worker', now() - number * interval '1 day' from generate_series(1, 10) as number
				""");
		assertThat(this.store.pruneOwners(Duration.ofDays(5), 4)).isEqualTo(4);
		assertThat(database.jdbc.queryForObject("select max(id) from tasuki.owner", Long.class)).isEqualTo(6);
		assertThat(this.store.pruneOwners(Duration.ofDays(5), 4)).isEqualTo(2);
		assertThat(database.count("owner")).isEqualTo(4);
	}

	private LocalDate today() {
		return this.store.missingArchiveDays(8).get(0).minusDays(8);
	}

	private void archive(String finishedAt) {
		database.jdbc.execute(
				"""
						insert into tasuki.job_archive (id, run_at, created_at, finished_at, lease_no, attempt, priority, crashes,
						                                outcome, queue, kind)
						values (1, now(), now(), %s, 1, 1, 5, 0, 1, 'default', 'work')
						"""
					.formatted(finishedAt));
	}

}

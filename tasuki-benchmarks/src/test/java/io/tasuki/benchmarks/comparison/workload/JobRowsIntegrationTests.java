package io.tasuki.benchmarks.comparison.workload;

import java.util.List;

import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.benchmarks.comparison.contestant.tasuki.TasukiContestant;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobRowsIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final TasukiContestant contestant = new TasukiContestant(this.database);

	private final JobRows rows = new JobRows(this.database);

	private final JdbcTemplate jdbc = new JdbcTemplate(
			new DriverManagerDataSource(this.database.jdbcUrl(), this.database.username(), this.database.password()));

	@BeforeEach
	void createTables() {
		this.contestant.createTables();
	}

	@AfterEach
	void close() {
		this.contestant.close();
	}

	@Test
	void dealsQueuesAndPriorities() {
		this.rows.due(0, 6, JobShape.USUAL.withQueues(List.of("a", "b")).withPriorities(List.of(0, 1, 2)));
		assertThat(this.jdbc.queryForList("select queue || priority from tasuki.job order by id", String.class))
			.containsExactly("a0", "b1", "a2", "b0", "a1", "b2");
	}

	@Test
	void makesPayloadsOfTheirSizeThatCannotBeCompressed() {
		this.rows.due(0, 1, JobShape.USUAL.withPayloadBytes(50_000));
		assertThat(this.jdbc.queryForObject("select pg_column_size(payload) from tasuki.job", Integer.class))
			.isBetween(49_900, 50_100);
	}

	@Test
	void runsEachDueJobOnceAndLeavesEverythingElseAlone() {
		Ledger ledger = new Ledger(40);
		long warmUp = this.rows.due(0, 10, JobShape.USUAL);
		this.contestant.startWorking(ledger);
		awaitEmptyAfter(warmUp);
		this.contestant.stopWorking();
		this.rows.scheduled(100);
		this.rows.running(100);
		this.rows.unknownKind(100);
		this.rows.archived(100);
		String others = this.rows.state();
		long before = this.rows.due(10, 30, JobShape.USUAL);
		assertThat(this.rows.isEmptyAfter(before)).isFalse();
		this.contestant.startWorking(ledger);
		awaitEmptyAfter(before);
		this.contestant.stopWorking();
		assertThat(this.rows.state()).isEqualTo(others).isEqualTo("300 jobs, leased 100 times");
		assertThat(ledger.total()).isEqualTo(40);
		assertThat(this.jdbc.queryForObject("select count(*) from tasuki.job_archive", Integer.class)).isEqualTo(140);
	}

	private void awaitEmptyAfter(long id) {
		Awaitility.await().until(() -> this.rows.isEmptyAfter(id));
	}

	@Test
	void seesWhetherAnyRowWasClaimed() {
		this.rows.scheduled(1);
		String before = this.rows.state();
		this.jdbc.update("update tasuki.job set lease_no = lease_no + 1");
		assertThat(this.rows.state()).isNotEqualTo(before);
	}

	@Test
	void snapshotHoldsBackTheClearingOfDeadRowsUntilItIsClosed() {
		Snapshot snapshot = Snapshot.open(this.database);
		try (snapshot) {
			assertThat(holdingBack()).isEqualTo(1);
		}
		Awaitility.await().until(() -> holdingBack() == 0);
	}

	private long holdingBack() {
		Long connections = this.jdbc.queryForObject("""
				select count(*)
				  from pg_stat_activity
				 where datname = current_database()
				   and backend_type = 'client backend'
				   and pid <> pg_backend_pid()
				   and backend_xmin is not null
				""", Long.class);
		return (connections != null) ? connections : 0;
	}

}

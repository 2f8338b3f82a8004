package io.tasuki.postgres;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

import javax.sql.DataSource;

import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.maintenance.Janitor;
import io.tasuki.maintenance.JanitorSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Days of the archive at the end of a year, whatever the time zone of the session: where
 * it is ahead of UTC or behind, another year may have begun there.
 */
class ArchiveYearsEndIntegrationTests {

	private static final LocalDate NEW_YEAR = LocalDate.of(2031, 1, 1);

	private final Database database = TestPostgres.shared().freshDatabase();

	private final DatabaseClock clock = new DatabaseClock(this.database);

	private final JdbcTemplate jdbc = new JdbcTemplate(this.clock.dataSource("UTC"));

	@ParameterizedTest
	@ValueSource(strings = { "UTC", "Pacific/Auckland", "America/Los_Angeles" })
	void makesPartitionsAheadAcrossTheYearsEnd(String timeZone) { // B48
		DataSource sessions = this.clock.dataSource(timeZone);
		this.clock.set("2030-12-28 23:30:00+00");
		new SchemaInitializer(sessions).initialize();
		assertThat(days()).containsExactlyElementsOf(daysFrom(-4, 3));
		this.clock.set("2030-12-31 23:30:00+00");
		PostgresMaintenanceStore store = new PostgresMaintenanceStore(sessions);
		assertThat(store.missingArchiveDays(7)).containsExactlyElementsOf(daysFrom(4, 6));
		janitor(store, Duration.ofDays(30)).runOnce();
		assertThat(days()).containsExactlyElementsOf(daysFrom(-4, 6));
		assertThat(store.missingArchiveDays(7)).isEmpty();
		archive("2030-12-31 23:59:59.999999+00");
		archive("2031-01-01 00:00:00+00");
		assertThat(this.jdbc
			.queryForList("select tableoid::regclass::text from tasuki.job_archive order by finished_at", String.class))
			.containsExactly("tasuki.job_archive_20301231", "tasuki.job_archive_20310101");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTC", "Pacific/Auckland", "America/Los_Angeles" })
	void dropsDaysByTheirAgeAcrossTheYearsEnd(String timeZone) { // B48
		DataSource sessions = this.clock.dataSource(timeZone);
		this.clock.set("2030-12-28 12:00:00+00");
		new SchemaInitializer(sessions).initialize();
		archive("2030-12-30 23:59:59+00");
		archive("2030-12-31 12:00:00+00");
		archive("2031-01-01 12:00:00+00");
		PostgresMaintenanceStore store = new PostgresMaintenanceStore(sessions);
		// Of the last day of the year, jobs of the last half hour are younger than this.
		this.clock.set("2031-01-02 23:30:00+00");
		janitor(store, Duration.ofDays(2)).runOnce();
		assertThat(days()).containsExactlyElementsOf(daysFrom(-1, 8));
		assertThat(this.jdbc.queryForObject("select count(*) from tasuki.job_archive", Integer.class)).isEqualTo(2);
		this.clock.set("2031-01-03 00:00:01+00");
		janitor(store, Duration.ofDays(2)).runOnce();
		assertThat(days()).containsExactlyElementsOf(daysFrom(0, 9));
		assertThat(this.jdbc.queryForObject("select count(*) from tasuki.job_archive", Integer.class)).isOne();
	}

	private static Janitor janitor(PostgresMaintenanceStore store, Duration retention) {
		return new Janitor(store, new JanitorSettings(true, retention, null, JanitorSettings.DEFAULT_INTERVAL));
	}

	private static List<LocalDate> daysFrom(int first, int last) {
		return NEW_YEAR.plusDays(first).datesUntil(NEW_YEAR.plusDays(last + 1L)).toList();
	}

	private List<LocalDate> days() {
		return this.jdbc.queryForList("""
				select to_date(right(partition.relname, 8), 'YYYYMMDD')
				  from pg_inherits as link
				  join pg_class as partition on partition.oid = link.inhrelid
				 where link.inhparent = 'tasuki.job_archive'::regclass
				 order by 1
				""", LocalDate.class);
	}

	private void archive(String finishedAt) {
		this.jdbc.update(
				"""
						insert into tasuki.job_archive (id, run_at, created_at, finished_at, lease_no, attempt, priority, crashes,
						                                outcome, queue, kind)
						values (1, now(), now(), ?::timestamptz, 1, 1, 5, 0, 1, 'default', 'work')
						""",
				finishedAt);
	}

}

package io.tasuki.benchmarks.comparison.contestant.jobrunr;

import io.tasuki.benchmarks.comparison.contestant.ContestantTrial;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobRunrContestantIntegrationTests {

	private final Database database = TestPostgres.shared().freshDatabase();

	private final JobRunrContestant contestant = new JobRunrContestant(this.database);

	@BeforeEach
	void createTables() {
		this.contestant.createTables();
	}

	@AfterEach
	void close() {
		this.contestant.close();
	}

	@Test
	void runsEveryJobOnce() {
		ContestantTrial.runsEveryJobOnce(this.contestant);
	}

	@Test
	void enqueuesManyJobsInOneTransaction() {
		this.contestant.enqueueAll(0, 100);
		assertThat(this.contestant.unfinished()).isEqualTo(100);
		assertThat(transactions()).isEqualTo(1);
	}

	private int transactions() {
		Integer count = new JdbcTemplate(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.username(),
				this.database.password()))
			.queryForObject("select count(distinct xmin::text) from jobrunr_jobs", Integer.class);
		return (count != null) ? count : 0;
	}

}

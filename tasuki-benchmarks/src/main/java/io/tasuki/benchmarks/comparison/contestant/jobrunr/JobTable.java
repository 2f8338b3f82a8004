package io.tasuki.benchmarks.comparison.contestant.jobrunr;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of JobRunr, in which succeeded jobs stay.
 */
final class JobTable {

	private static final String COUNT = """
			select count(*) from jobrunr_jobs
			where state in ('SCHEDULED', 'ENQUEUED', 'PROCESSING')
			""";

	// Each looks at the end of the index by state and time, before which dead entries
	// lie.
	private static final String ANY = """
			select exists (select from jobrunr_jobs where state = 'ENQUEUED' order by updatedAt desc limit 1)
				or exists (select from jobrunr_jobs where state = 'PROCESSING' order by updatedAt desc limit 1)
				or exists (select from jobrunr_jobs where state = 'SCHEDULED' order by updatedAt desc limit 1)
			""";

	private final JdbcOperations jdbc;

	JobTable(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
	}

	long countUnfinished() {
		Long count = this.jdbc.queryForObject(COUNT, Long.class);
		return (count != null) ? count : 0;
	}

	boolean isAllFinished() {
		return Boolean.FALSE.equals(this.jdbc.queryForObject(ANY, Boolean.class));
	}

}

package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

import io.tasuki.Job;
import io.tasuki.store.JobSample;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Samples queues, on a connection that it takes from a data source for each sample.
 */
public final class PostgresJobSample implements JobSample {

	/** Most jobs that a sample looks at, for each priority of each queue. */
	static final int LOOK_AT = 1_000;

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

	private final DataSource dataSource;

	/**
	 * Creates samples of the queues in a database.
	 */
	public PostgresJobSample(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public List<Job> waiting(Set<String> queues, Set<String> kinds, int perKind) {
		try (EngineConnection connection = new EngineConnection(this.dataSource, "tasuki sample", STATEMENT_TIMEOUT,
				LOCK_TIMEOUT)) {
			SampleWaitingJobs sample = new SampleWaitingJobs(new JdbcTemplate(connection, true));
			return connection.use(() -> sample.run(queues, kinds, perKind, LOOK_AT));
		}
	}

}

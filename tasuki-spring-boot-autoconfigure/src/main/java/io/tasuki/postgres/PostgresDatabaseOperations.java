package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import io.tasuki.DatabaseOperations;
import io.tasuki.DatabaseReport;
import io.tasuki.SnapshotHolder;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks at the database, on a connection that it takes from a data source for each look.
 */
public final class PostgresDatabaseOperations implements DatabaseOperations {

	/** Most holders that a report names. */
	static final int MOST_HOLDERS = 5;

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

	private final DataSource dataSource;

	/**
	 * Creates operations on the database with the queues.
	 */
	public PostgresDatabaseOperations(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public DatabaseReport inspect() {
		try (EngineConnection connection = new EngineConnection(this.dataSource, "tasuki inspection", STATEMENT_TIMEOUT,
				LOCK_TIMEOUT)) {
			JdbcTemplate jdbc = new JdbcTemplate(connection, true);
			return connection.use(() -> {
				List<SnapshotHolder> holders = new FindSnapshotHolders(jdbc).run(MOST_HOLDERS);
				return new InspectLiveTable(jdbc).run(holders);
			});
		}
	}

}

package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import javax.sql.DataSource;

import io.tasuki.store.QueueDepth;
import io.tasuki.store.QueueInspection;
import io.tasuki.store.QueueTakers;
import io.tasuki.store.UnknownKind;

import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks into queues, on a connection that it takes from a data source for each look.
 */
public final class PostgresQueueInspection implements QueueInspection {

	/**
	 * Most jobs a look at one priority of one queue reads, where there are few queues.
	 */
	static final int MOST_OF_A_PRIORITY = 10_000;

	/** Most jobs a look at one priority of all queues reads. */
	private static final int MOST_OF_ALL = 20_000;

	private static final int FEWEST_OF_A_PRIORITY = 100;

	/** Most queues that are found because they hold jobs. */
	static final int MOST_QUEUES = 100;

	private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

	private final DataSource dataSource;

	/**
	 * Creates an inspection of the queues in a database.
	 */
	public PostgresQueueInspection(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	@Override
	public List<UnknownKind> unknownKinds(Set<String> queues, Set<String> kinds) {
		if (queues.isEmpty()) {
			return List.of();
		}
		return look((jdbc) -> new FindUnknownKinds(jdbc).run(queues, kinds, lookAt(queues)));
	}

	@Override
	public List<QueueDepth> depths(Set<String> queues) {
		return queues.isEmpty() ? List.of() : look((jdbc) -> new MeasureQueues(jdbc).run(queues, lookAt(queues)));
	}

	@Override
	public List<QueueTakers> takers(Set<String> queues) {
		return look((jdbc) -> new FindQueueTakers(jdbc).run(queues, MOST_QUEUES));
	}

	private static int lookAt(Set<String> queues) {
		return Math.max(Math.min(MOST_OF_A_PRIORITY, MOST_OF_ALL / queues.size()), FEWEST_OF_A_PRIORITY);
	}

	private <T> T look(Function<JdbcOperations, T> statement) {
		try (EngineConnection connection = new EngineConnection(this.dataSource, "tasuki inspection", STATEMENT_TIMEOUT,
				LOCK_TIMEOUT)) {
			return connection.use(() -> statement.apply(new JdbcTemplate(connection, true)));
		}
	}

}

package io.tasuki.tour;

import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import io.tasuki.DatabaseOperations;
import io.tasuki.SnapshotHolder;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the code of docs/database.md. */
class DatabaseTourIntegrationTests {

	private final TourApplication application = new TourApplication();

	@Test
	void looksForWhoHoldsSnapshots() { // B51
		this.application.run(Console.class, (context) -> {
			Console console = context.getBean(Console.class);
			context.getBean(JdbcTemplate.class).execute((Statement statement) -> {
				statement.execute("set application_name = 'night report'");
				statement.execute("begin isolation level repeatable read");
				statement.execute("select count(*) from tasuki.job");
				assertThat(console.holdersOlderThan(Duration.ZERO)).contains("night report (idle in transaction)");
				statement.execute("rollback");
				return null;
			});
			assertThat(console.holdersOlderThan(Duration.ofDays(1))).isEmpty();
		});
	}

	static class Console {

		private final DatabaseOperations database;

		Console(DatabaseOperations database) {
			this.database = database;
		}

		// tag::inspect[]
		List<String> holdersOlderThan(Duration age) {
			return this.database.inspect()
				.snapshotHolders()
				.stream()
				.filter((holder) -> holder.age() != null && holder.age().compareTo(age) > 0)
				.map(this::describe)
				.toList();
		}

		private String describe(SnapshotHolder holder) {
			return "%s (%s)".formatted(holder.name(), holder.state());
		}
		// end::inspect[]

	}

}

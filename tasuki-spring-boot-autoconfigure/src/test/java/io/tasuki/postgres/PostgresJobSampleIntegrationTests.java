package io.tasuki.postgres;

import java.util.List;
import java.util.Set;

import io.tasuki.Job;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresJobSampleIntegrationTests {

	private static final Set<String> BOTH = Set.of("default", "mail");

	private static TestDatabase database;

	private final PostgresJobSample sample = new PostgresJobSample(database.dataSource);

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void clear() {
		database.clear();
	}

	@Test
	void findsTheFirstOfEachKindThatWait() {
		long late = database.insert("default", "work", 5, "2 hours");
		long soon = database.insert("mail", "work", 9, "1 hour");
		long due = database.insert("default", "work", 0, "-1 hour");
		long other = database.insert("default", "play", 5, "-1 minute");
		database.insert("default", "newer", 5, "-1 minute");
		database.insert("elsewhere", "work", 5, "-1 minute");
		database.leaseToStranger(database.insert("default", "work", 5, "-2 hours"));
		long abandoned = database.insert("default", "play", 5, "-2 hours");
		database.leaseToStranger(abandoned);
		database.expireLease(abandoned);
		assertThat(ids(this.sample.waiting(BOTH, Set.of("work", "play"), 2))).containsExactly(soon, due, other,
				abandoned);
		assertThat(ids(this.sample.waiting(BOTH, Set.of("work"), 9))).containsExactly(late, soon, due);
		assertThat(this.sample.waiting(BOTH, Set.of(), 9)).isEmpty();
		assertThat(this.sample.waiting(Set.of(), Set.of("work"), 9)).isEmpty();
	}

	@Test
	void readsWhatTheJobCarries() {
		long id = database.insert("mail", "work", 7, "1 hour");
		database.jdbc.update("update tasuki.job set label = 'l', metadata = '{\"a\": \"b\"}' where id = ?", id);
		assertThat(this.sample.waiting(BOTH, Set.of("work"), 1)).singleElement().satisfies((job) -> {
			assertThat(job.queue()).isEqualTo("mail");
			assertThat(job.kind()).isEqualTo("work");
			assertThat(job.payload()).isEqualTo("{\"n\": 1}");
			assertThat(job.priority()).isEqualTo(7);
			assertThat(job.label()).isEqualTo("l");
			assertThat(job.metadata()).containsEntry("a", "b");
		});
	}

	private static List<Long> ids(List<Job> jobs) {
		return jobs.stream().map((job) -> job.id().value()).toList();
	}

}

package io.tasuki.postgres;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.tasuki.JobId;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completed;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with the stores of a worker, on a database of the class that is empty when a test
 * begins.
 */
abstract class CompletingTests {

	static TestDatabase database;

	PostgresLeaseStore leases;

	PostgresCompletionStore store;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.withSchema();
	}

	@BeforeEach
	void openStores() {
		database.clear();
		this.leases = database.leaseStore();
		this.store = database.completionStore(true);
	}

	@AfterEach
	void closeStores() {
		this.leases.close();
		this.store.close();
	}

	/**
	 * Inserts a job where none is due, and claims it.
	 */
	ClaimedJob claim() {
		JobId id = new JobId(database.insert());
		ClaimedJob claimed = this.leases.claim(TestDatabase.anyWork(1)).get(0);
		assertThat(claimed.job().id()).isEqualTo(id);
		return claimed;
	}

	Completed complete(ClaimedJob job, Outcome outcome) {
		return this.store.complete(List.of(TestDatabase.completion(job, outcome)));
	}

	static void assertWritten(Completed completed, ClaimedJob... jobs) {
		assertThat(completed.written())
			.containsExactlyInAnyOrder(Arrays.stream(jobs).map(ClaimedJob::lease).toArray(Lease[]::new));
		assertThat(completed.locked()).isEmpty();
		assertThat(completed.absent()).isEmpty();
	}

	static Map<String, Object> archived(ClaimedJob job) {
		return archived(job.job().id());
	}

	static Map<String, Object> archived(JobId id) {
		return database.jdbc.queryForMap("select * from tasuki.job_archive where id = ?", id.value());
	}

}

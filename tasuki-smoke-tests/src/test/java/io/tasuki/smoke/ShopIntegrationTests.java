package io.tasuki.smoke;

import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobOperations;
import io.tasuki.JobState;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * A job is part of the order it belongs to.
 */
@SpringBootTest
@ContextConfiguration(initializers = ShopDatabase.class)
class ShopIntegrationTests {

	@Autowired
	private Orders orders;

	@Autowired
	private Receipts receipts;

	@Autowired
	private JobClient jobs;

	@Autowired
	private JobOperations operations;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void runsJobOnceWhenTransactionCommits() { // B1, S19
		EnqueuedJob job = this.orders.place(1);
		awaitSuccess(job);
		assertThat(this.receipts.startsOf(1)).hasSize(1);
	}

	@Test
	void runsNoJobWhenTransactionRollsBack() { // B1, S19
		assertThatIllegalStateException().isThrownBy(() -> this.orders.placeUnpaid(2));
		// The queue is in order: when this one has run, the other would have run before.
		awaitSuccess(this.orders.place(3));
		assertThat(this.receipts.startsOf(2)).isEmpty();
		assertThat(this.jdbc.sql("select number from purchase where number in (2, 3)").query(Long.class).list())
			.containsExactly(3L);
	}

	@Test
	void listsItsWorkerWithTheVersionOfTheLibrary() { // B55
		await().until(() -> this.operations.workers().stream().anyMatch((worker) -> worker.version() != null));
	}

	private void awaitSuccess(EnqueuedJob job) {
		await().until(() -> this.jobs.find(job.id()).map(FoundJob::state).orElseThrow() == JobState.SUCCEEDED);
	}

}

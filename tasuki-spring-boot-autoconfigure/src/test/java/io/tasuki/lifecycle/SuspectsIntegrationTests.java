package io.tasuki.lifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.tasuki.JobContext;
import io.tasuki.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SuspectsIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final Semaphore permits = new Semaphore(0);

	@AfterEach
	void close() {
		this.permits.release(1_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("S3: no suspect starts before the end of the one that ran alone is recorded")
	void startsNoSuspectBeforeTheEndOfAnotherIsRecorded() throws SQLException { // B35
		long first = insertGraveSuspect();
		long second = insertGraveSuspect();
		this.fixture.worker()
			.slots(4)
			.lease(Duration.ofSeconds(30))
			.handler("risky", this::block)
			.handler("usual", this::done)
			.start();
		this.fixture.await(() -> this.fixture.ledger().count() == 1);
		assertThat(this.fixture.ledger().runs(first)).as("the first by id").hasSize(1);
		try (Connection other = this.fixture.dataSource().getConnection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("select 1 from tasuki.job where id = %d for update".formatted(first));
			this.permits.release(2);
			this.fixture.await(() -> this.fixture.ledger().running() == 0);
			long usual = this.fixture.insert("usual");
			this.fixture.await(() -> this.fixture.isArchived(usual));
			assertThat(this.fixture.ledger().runs(second)).as("starts while the other's end is not recorded").isEmpty();
			other.rollback();
		}
		this.fixture.await(() -> this.fixture.ledger().runs(second).size() == 1);
		assertThat(this.fixture.isArchived(first)).isTrue();
	}

	private long insertGraveSuspect() {
		long id = this.fixture.insertAbandoned("risky", 1, Duration.ofSeconds(-1));
		this.fixture.jdbc().update("update tasuki.job set crashes = 2 where id = ?", id);
		return id;
	}

	private JobResult block(JobContext context) throws InterruptedException {
		this.permits.acquire();
		return JobResult.done();
	}

	private JobResult done(JobContext context) {
		return JobResult.done();
	}

}

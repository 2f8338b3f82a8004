package io.tasuki.postgres;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.UniqueKey;
import io.tasuki.faults.FaultTest;
import io.tasuki.store.NewJob;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which connections of the application's leave its pool. */
@FaultTest
class UnfitConnectionsIntegrationTests {

	private static final QueueDatabase database = new QueueDatabase();

	@AutoClose
	private final HikariDataSource pool = database.pool(1);

	private final List<Connection> evicted = new ArrayList<>();

	private final PostgresJobStore store = new PostgresJobStore(this.pool, false, true, this.evicted::add);

	private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.pool));

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("rule 10: enqueueing alone on a server that became read-only evicts the connection")
	void evictsWhenEnqueueingAloneOnAReadOnlyServer(boolean autoCommit) {
		this.pool.setAutoCommit(autoCommit);
		becomeReadOnly();
		assertReadOnly(() -> insert(1, null));
		assertThat(this.evicted).hasSize(1);
		assertReadOnly(() -> insert(2, "key"));
		assertThat(this.evicted).hasSize(2);
		assertAllGivenBack();
	}

	@Test
	@DisplayName("rule 10: a transaction on a server that became read-only evicts its connection when it is over")
	void evictsAfterTheTransactionOnAReadOnlyServer() {
		becomeReadOnly();
		assertReadOnly(() -> this.transaction.executeWithoutResult((status) -> {
			assertReadOnly(() -> nested(() -> insert(1, null)));
			assertThat(this.evicted).isEmpty();
			insert(1, null);
		}));
		assertThat(this.evicted).hasSize(1);
		assertAllGivenBack();
	}

	@Test
	@DisplayName("rule 10: a transaction that was declared read-only evicts nothing")
	void keepsTheConnectionOfATransactionThatWasDeclaredReadOnly() {
		this.transaction.setReadOnly(true);
		assertReadOnly(() -> this.transaction.executeWithoutResult((status) -> insert(1, null)));
		assertThat(this.evicted).isEmpty();
	}

	@Test
	@DisplayName("rule 10: a pool that was declared read-only loses no connection")
	void keepsConnectionsOfAReadOnlyPool() {
		this.pool.setReadOnly(true);
		// A transaction each time: only those does the driver declare.
		this.pool.setAutoCommit(false);
		assertReadOnly(() -> insert(1, null));
		assertReadOnly(() -> this.transaction.executeWithoutResult((status) -> insert(1, null)));
		assertThat(this.evicted).isEmpty();
	}

	@Test
	void evictsAConnectionThatTheServerEnds() {
		// Its pool has closed it before the transaction is rolled back.
		assertThatExceptionOfType(TransactionSystemException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				database.look().query("select pg_terminate_backend(?, 5000)", (row) -> {
				}, backend());
				insert(1, null);
			}))
			.satisfies((failure) -> assertThat(SqlStates.of(failure.getApplicationException())).isEqualTo("57P01"));
		assertThat(this.evicted).hasSize(1);
	}

	@Test
	void keepsConnectionsOnWhichOnlyAStatementFailed() {
		NewJob unreadable = new NewJob("greet", "q", "{", 5, null, null, null, null, null, null);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.store.insert(List.of(unreadable)));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(
				() -> this.transaction.executeWithoutResult((status) -> this.store.insert(List.of(unreadable))));
		assertThat(this.evicted).isEmpty();
	}

	@Test
	void leavesTheTransactionsOwnFailureToTheCallerWhenItCuts() {
		PostgresJobStore cutting = new PostgresJobStore(this.pool, false);
		becomeReadOnly();
		int before = backend();
		assertReadOnly(() -> this.transaction.executeWithoutResult((status) -> cutting.insert(List.of(job(null)))));
		int between = backend();
		assertReadOnly(() -> cutting.insert(List.of(job(null))));
		assertThat(backend()).isNotEqualTo(between);
		assertThat(between).isNotEqualTo(before);
		assertAllGivenBack();
	}

	// For the pool the same as a server that becomes so.
	private void becomeReadOnly() {
		this.pool.addDataSourceProperty("options", "-c default_transaction_read_only=on");
	}

	private void insert(int jobs, String uniqueKey) {
		this.store.insert(Collections.nCopies(jobs, job(uniqueKey)));
	}

	private static NewJob job(String uniqueKey) {
		return new NewJob("greet", "q", null, 5, null, null, null, (uniqueKey != null) ? UniqueKey.of(uniqueKey) : null,
				null, null);
	}

	private void nested(Runnable work) {
		new TransactionTemplate(this.transaction.getTransactionManager(),
				new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED))
			.executeWithoutResult((status) -> work.run());
	}

	private int backend() {
		return new JdbcTemplate(this.pool).queryForObject("select pg_backend_pid()", Integer.class);
	}

	private static void assertReadOnly(Runnable work) {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(work::run)
			.satisfies((failure) -> assertThat(SqlStates.of(failure)).isEqualTo("25006"));
	}

	private void assertAllGivenBack() {
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

}

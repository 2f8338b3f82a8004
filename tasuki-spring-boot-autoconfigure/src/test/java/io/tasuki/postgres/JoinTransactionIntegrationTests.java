package io.tasuki.postgres;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.EnqueuedJob;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JoinTransactionIntegrationTests {

	private static final QueueDatabase database = new QueueDatabase();

	private final HikariDataSource pool = database.pool(3);

	private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.pool));

	private final QueueClient client = new QueueClient(this.pool);

	@AfterEach
	void clear() {
		if (this.pool.isRunning()) {
			assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
		}
		this.pool.close();
		database.clear();
	}

	@Test
	void storesTheJobWhenTheTransactionCommits() { // B1, S19
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("q"));
			assertThat(database.jobCount()).isZero();
		});
		assertThat(database.jobCount()).isEqualTo(1);
	}

	@Test
	@DisplayName("B1, S19: a transaction that rolls back leaves no job and wakes nobody")
	void storesNoJobAndWakesNobodyWhenTheTransactionRollsBack() {
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("q"));
			this.client.enqueueAll(List.of(QueueClient.request("q"), QueueClient.request("q").withUniqueKey("k")));
			status.setRollbackOnly();
		});
		assertThat(database.jobCount()).isZero();
		assertThat(this.client.sent()).isEmpty();
	}

	@Test
	void findsInTheTransactionWhatItEnqueued() {
		this.transaction.executeWithoutResult((status) -> {
			EnqueuedJob job = this.client.enqueue(QueueClient.request("q"));
			assertThat(this.client.find(job.id())).isPresent();
			assertThat(new QueueClient(database.unpooled()).find(job.id())).isEmpty();
		});
	}

	@Test
	void wakesOnceAfterTheCommit() { // S19
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("a"));
			this.client.enqueue(QueueClient.request("a"));
			this.client.enqueueAll(List.of(QueueClient.request("b"), QueueClient.request("a")));
			assertThat(this.client.sent()).isEmpty();
		});
		assertThat(this.client.sent()).hasSize(1);
		assertThat(this.client.sent().get(0)).extracting(WakeUp::queue).containsExactly("a", "b");
		assertThat(this.client.sent().get(0).get(0).position().id()).isEqualTo(database.jobs().get(0).get("id"));
	}

	@Test
	void countsTheTimeUntilTheCommitOffADelay() {
		long started = System.nanoTime();
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("soon").withDelay(Duration.ofMillis(150)));
			this.client.enqueue(QueueClient.request("later").withDelay(Duration.ofSeconds(60)));
			new JdbcTemplate(this.pool).execute("select pg_sleep(0.2)");
		});
		long took = System.nanoTime() - started;
		assertThat(this.client.sent().get(0)).extracting(WakeUp::queue).containsExactly("soon", "soon", "later");
		assertThat(this.client.sent().get(0).get(0).due()).isTrue();
		assertThat(this.client.sent().get(0).get(1).due()).isFalse();
		assertThat(this.client.sent().get(0).get(2).dueIn()).isBetween(Duration.ofSeconds(60).minusNanos(took),
				Duration.ofMillis(59_800));
	}

	@Test
	void keepsTheTransactionsOfAnInnerScopeApart() {
		TransactionTemplate inner = with(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.transaction.executeWithoutResult((outerStatus) -> {
			this.client.enqueue(QueueClient.request("outer"));
			inner.executeWithoutResult((status) -> this.client.enqueue(QueueClient.request("inner")));
			assertThat(this.client.sent()).singleElement()
				.satisfies((wakeUps) -> assertThat(wakeUps).extracting(WakeUp::queue).containsExactly("inner"));
			inner.executeWithoutResult((status) -> {
				this.client.enqueue(QueueClient.request("undone"));
				status.setRollbackOnly();
			});
			this.client.enqueue(QueueClient.request("outer"));
		});
		assertThat(this.client.sent()).hasSize(2);
		assertThat(this.client.sent().get(1)).extracting(WakeUp::queue).containsExactly("outer");
		assertThat(database.jobs()).extracting((row) -> row.get("queue"))
			.containsExactlyInAnyOrder("outer", "inner", "outer");
	}

	@Test
	void storesNoJobOfANestedScopeThatRollsBack() {
		this.transaction.executeWithoutResult((outerStatus) -> {
			this.client.enqueue(QueueClient.request("outer"));
			with(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult((status) -> {
				this.client.enqueue(QueueClient.request("nested"));
				status.setRollbackOnly();
			});
		});
		assertThat(database.jobs()).extracting((row) -> row.get("queue")).containsExactly("outer");
	}

	@Test
	void enqueuesAtOnceWhereTheTransactionIsSuspended() { // B2
		this.transaction.executeWithoutResult((outerStatus) -> {
			with(TransactionDefinition.PROPAGATION_NOT_SUPPORTED).executeWithoutResult((status) -> {
				this.client.enqueue(QueueClient.request("q"));
				assertThat(this.client.sent()).hasSize(1);
			});
			outerStatus.setRollbackOnly();
		});
		assertThat(database.jobCount()).isEqualTo(1);
	}

	@Test
	void enqueuesAtOnceInAScopeWithoutATransaction() { // B2
		with(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult((status) -> {
			new JdbcTemplate(this.pool).execute("select 1");
			this.client.enqueue(QueueClient.request("q"));
			assertThat(database.jobCount()).isEqualTo(1);
			assertThat(this.client.sent()).hasSize(1);
		});
	}

	@Test
	void refusesAReadOnlyTransaction() {
		this.transaction.setReadOnly(true);
		this.transaction.setName("Orders.list");
		assertThatExceptionOfType(EnqueueRefusedException.class).isThrownBy(
				() -> this.transaction.executeWithoutResult((status) -> this.client.enqueue(QueueClient.request("q"))))
			.withMessageContaining("'Orders.list' is read-only")
			.withMessageContaining("@Transactional(readOnly = false)");
		assertThat(database.jobCount()).isZero();
	}

	@Test
	void leavesAReadOnlyTransactionUsableAfterRefusing() {
		this.transaction.setReadOnly(true);
		this.transaction.executeWithoutResult((status) -> {
			assertThatExceptionOfType(EnqueueRefusedException.class)
				.isThrownBy(() -> this.client.enqueue(QueueClient.request("q")));
			assertThat(new JdbcTemplate(this.pool).queryForObject("select 1", Integer.class)).isEqualTo(1);
		});
	}

	@Test
	void refusesATransactionOfAnotherDataSource() {
		TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(database.unpooled()));
		foreign.setName("Orders.place");
		assertThatExceptionOfType(EnqueueRefusedException.class)
			.isThrownBy(() -> foreign.executeWithoutResult((status) -> this.client.enqueue(QueueClient.request("q"))))
			.withMessageContaining("'Orders.place'")
			.withMessageContaining("com.zaxxer.hikari.HikariDataSource")
			.withMessageContaining("tasuki.client.allow-unrelated-transaction=true");
		assertThat(database.jobCount()).isZero();
	}

	@Test
	void refusesATransactionOfAnotherDataSourceAfterDataAccess() {
		new TransactionTemplate(new JdbcTransactionManager(database.unpooled())).executeWithoutResult((status) -> {
			new JdbcTemplate(this.pool).execute("select 1");
			assertThatExceptionOfType(EnqueueRefusedException.class)
				.isThrownBy(() -> this.client.enqueue(QueueClient.request("q")));
		});
	}

	@Test
	void commitsAtOnceInATransactionOfAnotherDataSourceWhereAllowed() {
		QueueClient allowing = new QueueClient(this.pool, true);
		new TransactionTemplate(new JdbcTransactionManager(database.unpooled())).executeWithoutResult((status) -> {
			new JdbcTemplate(this.pool).execute("select 1");
			EnqueuedJob job = allowing.enqueue(QueueClient.request("q"));
			assertThat(allowing.find(job.id())).isPresent();
			assertThat(database.jobCount()).isEqualTo(1);
			assertThat(allowing.sent()).hasSize(1);
			status.setRollbackOnly();
		});
		assertThat(database.jobCount()).isEqualTo(1);
	}

	@Test
	void joinsThroughProxiesOfTheSameDataSource() {
		List<DataSource> views = List.of(this.pool, new TransactionAwareDataSourceProxy(this.pool),
				new LazyConnectionDataSourceProxy(this.pool), new DelegatingDataSource(this.pool));
		for (DataSource managed : views) {
			for (DataSource queue : views) {
				QueueClient viewed = new QueueClient(queue);
				new TransactionTemplate(new JdbcTransactionManager(managed)).executeWithoutResult((status) -> {
					EnqueuedJob job = viewed.enqueue(QueueClient.request("q"));
					assertThat(viewed.find(job.id())).isPresent();
					status.setRollbackOnly();
				});
				assertThat(viewed.sent()).isEmpty();
			}
		}
		assertThat(database.jobCount()).isZero();
	}

	@Test
	void commitsOnAPoolWithoutAutoCommit() { // B2
		this.pool.setAutoCommit(false);
		this.client.enqueue(QueueClient.request("q"));
		this.client.enqueue(QueueClient.request("q").withUniqueKey("k"));
		this.client.enqueueAll(List.of(QueueClient.request("q"), QueueClient.request("q").withUniqueKey("l")));
		with(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult((status) -> {
			new JdbcTemplate(this.pool).execute("select 1");
			this.client.enqueue(QueueClient.request("q"));
		});
		assertThat(database.jobCount()).isEqualTo(5);
	}

	@Test
	void refusesATransactionOfAnotherDataSourceOnAPoolWithoutAutoCommit() {
		this.pool.setAutoCommit(false);
		new TransactionTemplate(new JdbcTransactionManager(database.unpooled())).executeWithoutResult((status) -> {
			new JdbcTemplate(this.pool).execute("select 1");
			assertThatExceptionOfType(EnqueueRefusedException.class)
				.isThrownBy(() -> this.client.enqueue(QueueClient.request("q")));
		});
	}

	@Test
	void joinsATransactionOnAPoolWithoutAutoCommit() { // B1
		this.pool.setAutoCommit(false);
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("q"));
			assertThat(database.jobCount()).isZero();
		});
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("q"));
			status.setRollbackOnly();
		});
		assertThat(database.jobCount()).isEqualTo(1);
	}

	@Test
	void storesAJobEnqueuedAfterTheCommit() {
		afterCommitAndCompletion();
		assertThat(database.jobCount()).isEqualTo(2);
		assertThat(this.client.sent()).hasSize(2);
	}

	@Test
	void storesAJobEnqueuedAfterTheCommitOnAPoolWithoutAutoCommit() {
		this.pool.setAutoCommit(false);
		afterCommitAndCompletion();
		assertThat(database.jobCount()).isEqualTo(2);
		assertThat(this.client.sent()).hasSize(2);
	}

	private void afterCommitAndCompletion() {
		this.transaction.executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new Callbacks()));
	}

	@Test
	void storesAJobEnqueuedBesideOthersAfterTheCommitOnAPoolWithoutAutoCommit() {
		this.pool.setAutoCommit(false);
		this.transaction.executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("before"));
			TransactionSynchronizationManager.registerSynchronization(new Callbacks());
		});
		assertThat(database.jobs()).extracting((row) -> row.get("queue"))
			.containsExactlyInAnyOrder("before", "after commit", "after completion");
		assertThat(this.client.sent()).hasSize(3);
	}

	@Test
	void joinsWithoutSynchronization() {
		JdbcTransactionManager manager = new JdbcTransactionManager(this.pool);
		manager.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);
		new TransactionTemplate(manager).executeWithoutResult((status) -> {
			this.client.enqueue(QueueClient.request("q"));
			assertThat(database.jobCount()).isZero();
		});
		assertThat(database.jobCount()).isEqualTo(1);
		assertThat(this.client.sent()).isEmpty();
	}

	private TransactionTemplate with(int propagation) {
		return new TransactionTemplate(this.transaction.getTransactionManager(),
				new DefaultTransactionDefinition(propagation));
	}

	/** Enqueues when it should be too late. */
	private final class Callbacks implements TransactionSynchronization {

		@Override
		public void afterCommit() {
			JoinTransactionIntegrationTests.this.client.enqueue(QueueClient.request("after commit"));
		}

		@Override
		public void afterCompletion(int status) {
			JoinTransactionIntegrationTests.this.client.enqueue(QueueClient.request("after completion"));
		}

	}

}

package io.tasuki.postgres;

import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.EnqueueRefusedException;
import io.tasuki.EnqueuedJob;
import io.tasuki.store.WakeUp;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoinJpaTransactionIntegrationTests {

	private final QueueDatabase database = new QueueDatabase();

	private final HikariDataSource pool = this.database.pool(3);

	private final EntityManagerFactory entityManagers = entityManagers(this.pool);

	private final TransactionTemplate transaction = new TransactionTemplate(
			new JpaTransactionManager(this.entityManagers));

	@BeforeEach
	void clear() {
		this.database.clear();
		this.database.look().execute("truncate customer");
		this.transaction.setReadOnly(false);
	}

	@AfterAll
	void close() {
		this.entityManagers.close();
		this.pool.close();
	}

	@Test
	void storesTheJobWithTheEntities() { // B1
		QueueClient client = new QueueClient(this.pool);
		this.transaction.executeWithoutResult((status) -> {
			save(1);
			EnqueuedJob job = client.enqueue(QueueClient.request("q"));
			assertThat(client.find(job.id())).isPresent();
			assertThat(this.database.jobCount()).isZero();
			assertThat(client.sent()).isEmpty();
		});
		assertThat(this.database.jobCount()).isEqualTo(1);
		assertThat(customers()).isEqualTo(1);
		assertThat(client.sent()).singleElement()
			.satisfies((wakeUps) -> assertThat(wakeUps).extracting(WakeUp::queue).containsExactly("q"));
	}

	@Test
	void storesNeitherWhenTheTransactionRollsBack() { // B1, S19
		QueueClient client = new QueueClient(this.pool);
		this.transaction.executeWithoutResult((status) -> {
			client.enqueue(QueueClient.request("q"));
			save(1);
			status.setRollbackOnly();
		});
		assertThat(this.database.jobCount()).isZero();
		assertThat(customers()).isZero();
		assertThat(client.sent()).isEmpty();
	}

	@Test
	void refusesAReadOnlyTransaction() {
		QueueClient client = new QueueClient(this.pool);
		this.transaction.setReadOnly(true);
		assertThatExceptionOfType(EnqueueRefusedException.class)
			.isThrownBy(
					() -> this.transaction.executeWithoutResult((status) -> client.enqueue(QueueClient.request("q"))))
			.withMessageContaining("read-only");
	}

	@Test
	void refusesAQueueOnAnotherDataSource() {
		QueueClient client = new QueueClient(this.database.unpooled());
		assertThatExceptionOfType(EnqueueRefusedException.class)
			.isThrownBy(
					() -> this.transaction.executeWithoutResult((status) -> client.enqueue(QueueClient.request("q"))))
			.withMessageContaining("does not cover");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void storesAJobEnqueuedAfterTheCommit(boolean autoCommit) {
		HikariDataSource otherPool = this.database.pool(3);
		otherPool.setAutoCommit(autoCommit);
		EntityManagerFactory otherManagers = entityManagers(otherPool);
		QueueClient client = new QueueClient(otherPool);
		new TransactionTemplate(new JpaTransactionManager(otherManagers)).executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						client.enqueue(QueueClient.request("after commit"));
					}

					@Override
					public void afterCompletion(int completion) {
						client.enqueue(QueueClient.request("after completion"));
					}

				}));
		otherManagers.close();
		otherPool.close();
		assertThat(this.database.jobCount()).isEqualTo(2);
		assertThat(client.sent()).hasSize(2);
	}

	private void save(long id) {
		Customer customer = new Customer();
		customer.id = id;
		SharedEntityManagerCreator.createSharedEntityManager(this.entityManagers).persist(customer);
	}

	private int customers() {
		return this.database.look().queryForObject("select count(*)::integer from customer", Integer.class);
	}

	private static EntityManagerFactory entityManagers(HikariDataSource dataSource) {
		LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
		factory.setDataSource(dataSource);
		factory.setManagedTypes(PersistenceManagedTypes.of(Customer.class.getName()));
		factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "update"));
		factory.afterPropertiesSet();
		return factory.getObject();
	}

	@Entity(name = "customer")
	static class Customer {

		@Id
		long id;

	}

}

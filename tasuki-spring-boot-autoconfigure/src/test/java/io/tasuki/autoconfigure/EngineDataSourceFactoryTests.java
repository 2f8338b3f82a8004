package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.IsolationLevel;
import io.tasuki.autoconfigure.TasukiProperties.Jdbc;
import io.tasuki.autoconfigure.TasukiProperties.SchemaInitialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EngineDataSourceFactoryTests {

	private final EngineDataSourceFactory factory = new EngineDataSourceFactory(
			new Jdbc(SchemaInitialization.ALWAYS, Duration.ofSeconds(3), Duration.ofMillis(7500)));

	private final HikariDataSource application = new HikariDataSource();

	@BeforeEach
	void configureApplication() {
		this.application.setJdbcUrl("jdbc:postgresql://localhost:1/app?sslmode=disable");
		this.application.setUsername("app");
		this.application.setPassword("secret");
		this.application.setPoolName("app-pool");
		this.application.setMaximumPoolSize(30);
		this.application.setMinimumIdle(30);
		this.application.setReadOnly(true);
		this.application.setAutoCommit(false);
		this.application.setTransactionIsolation(IsolationLevel.TRANSACTION_SERIALIZABLE.name());
		this.application.setLeakDetectionThreshold(60_000);
		this.application.setSchema("app_schema");
		this.application.setConnectionInitSql("set role jobs");
		this.application.setMaxLifetime(90_000);
		this.application.addDataSourceProperty("sslrootcert", "ca.pem");
		this.application.addDataSourceProperty("socketTimeout", "600");
		this.application.setRegisterMbeans(true);
	}

	@AfterEach
	void closeApplication() {
		this.application.close();
	}

	@Test
	void connectsAsTheApplicationDoes() {
		try (HikariDataSource engine = create(this.application)) {
			assertThat(engine.getJdbcUrl()).isEqualTo(this.application.getJdbcUrl());
			assertThat(engine.getUsername()).isEqualTo("app");
			assertThat(engine.getPassword()).isEqualTo("secret");
			assertThat(engine.getConnectionInitSql()).isEqualTo("set role jobs");
			assertThat(engine.getMaxLifetime()).isEqualTo(90_000);
		}
	}

	@Test
	void isSmallAndConnectsWhenAsked() {
		try (HikariDataSource engine = create(this.application)) {
			assertThat(engine.getPoolName()).isEqualTo("tasuki");
			assertThat(engine.getMaximumPoolSize()).isEqualTo(8);
			assertThat(engine.getMinimumIdle()).isZero();
			assertThat(engine.getConnectionTimeout()).isEqualTo(3000);
			assertThat(engine.getHikariPoolMXBean().getTotalConnections()).isZero();
		}
	}

	@Test
	void leavesOutWhatSuitsOnlyTheApplication() {
		try (HikariDataSource engine = create(this.application)) {
			assertThat(engine.isReadOnly()).isFalse();
			assertThat(engine.isAutoCommit()).isTrue();
			assertThat(engine.getTransactionIsolation()).isNull();
			assertThat(engine.getLeakDetectionThreshold()).isZero();
			assertThat(engine.getSchema()).isNull();
			assertThat(engine.isRegisterMbeans()).isFalse();
		}
	}

	@Test
	void noticesDeadConnections() {
		try (HikariDataSource engine = create(this.application)) {
			assertThat(engine.getDataSourceProperties()).containsEntry("sslrootcert", "ca.pem")
				.containsEntry("connectTimeout", "3")
				.containsEntry("socketTimeout", "7")
				.containsEntry("tcpKeepAlive", "true")
				.containsEntry("ApplicationName", "tasuki");
		}
	}

	@Test
	void leavesTheApplicationsPoolAsItWas() {
		create(this.application).close();
		Properties expected = new Properties();
		expected.setProperty("sslrootcert", "ca.pem");
		expected.setProperty("socketTimeout", "600");
		assertThat(this.application.getDataSourceProperties()).isEqualTo(expected);
		assertThat(this.application.getPoolName()).isEqualTo("app-pool");
		assertThat(this.application.isClosed()).isFalse();
	}

	@Test
	void findsPoolBehindProxies() {
		DataSource proxied = new LazyConnectionDataSourceProxy(new TransactionAwareDataSourceProxy(this.application));
		try (HikariDataSource engine = create(proxied)) {
			assertThat(engine.getJdbcUrl()).isEqualTo(this.application.getJdbcUrl());
		}
	}

	@Test
	void takesOverDataSourceOfPool() {
		PGSimpleDataSource wrapped = new PGSimpleDataSource();
		try (HikariDataSource application = new HikariDataSource()) {
			application.setDataSource(wrapped);
			try (HikariDataSource engine = create(application)) {
				assertThat(engine.getDataSource()).isSameAs(wrapped);
			}
		}
	}

	@Test
	void connectsByDetailsWhenThereIsNoHikariPool() {
		DataSource engine = this.factory.create(new PGSimpleDataSource(), new Details());
		assertThat(engine).isInstanceOfSatisfying(DriverManagerDataSource.class, (plain) -> {
			assertThat(plain.getUrl()).isEqualTo("jdbc:postgresql://localhost:1/details");
			assertThat(plain.getUsername()).isEqualTo("user");
			assertThat(plain.getPassword()).isEqualTo("word");
			assertThat(plain.getConnectionProperties()).containsEntry("socketTimeout", "7")
				.containsEntry("ApplicationName", "tasuki");
		});
	}

	@Test
	void fallsBackToTheApplicationsWithWarning(CapturedOutput output) {
		DataSource application = new PGSimpleDataSource();
		assertThat(this.factory.create(application, null)).isSameAs(application);
		assertThat(output).contains("@TasukiEngineDataSource");
	}

	private HikariDataSource create(DataSource application) {
		return (HikariDataSource) this.factory.create(application, null);
	}

	private static final class Details implements JdbcConnectionDetails {

		@Override
		public String getUsername() {
			return "user";
		}

		@Override
		public String getPassword() {
			return "word";
		}

		@Override
		public String getJdbcUrl() {
			return "jdbc:postgresql://localhost:1/details";
		}

	}

}

package io.tasuki.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import com.zaxxer.hikari.util.IsolationLevel;
import io.tasuki.autoconfigure.TasukiProperties.Jdbc;
import io.tasuki.autoconfigure.TasukiProperties.SchemaInitialization;
import io.tasuki.postgres.PromptSocketFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class EngineDataSourceFactoryTests {

	private final EngineDataSourceFactory factory = new EngineDataSourceFactory(
			new Jdbc(SchemaInitialization.ALWAYS, Duration.ofSeconds(3), Duration.ofMillis(7500)));

	@AutoClose
	private final RecordingDriver driver = new RecordingDriver();

	@AutoClose
	private final HikariDataSource application = new HikariDataSource();

	EngineDataSourceFactoryTests() throws SQLException {
	}

	@BeforeEach
	void configureApplication() {
		this.application.setJdbcUrl(RecordingDriver.URL);
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

	@Test
	void connectsAsTheApplicationDoes() throws SQLException {
		create(this.application).getConnection();
		assertThat(this.driver.logins()).singleElement()
			.satisfies((login) -> assertThat(login).containsEntry("user", "app")
				.containsEntry("password", "secret")
				.containsEntry("sslrootcert", "ca.pem"));
		assertThat(this.driver.calls()).containsExactly("createStatement", "set role jobs");
	}

	@Test
	void connectsWhenAskedAndEachTime() throws SQLException {
		DataSource engine = create(this.application);
		assertThat(this.driver.logins()).isEmpty();
		engine.getConnection();
		engine.getConnection().close();
		engine.getConnection();
		assertThat(this.driver.logins()).hasSize(3);
		assertThat(this.driver.calls()).containsOnlyOnce("close");
	}

	@Test
	void triesOnceForEachCallWhenTheDatabaseIsAway() {
		DataSource engine = create(this.application);
		SQLException refusal = new SQLException("away", "08001");
		this.driver.refuse(refusal);
		for (int tries = 1; tries <= 3; tries++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(engine::getConnection).isSameAs(refusal);
			assertThat(this.driver.logins()).hasSize(tries);
		}
	}

	@Test
	void logsInWithTheCredentialsOfTheMoment() throws SQLException {
		DataSource engine = create(this.application);
		engine.getConnection();
		this.application.setCredentialsProvider(() -> new Credentials("app", "renewed"));
		engine.getConnection();
		assertThat(this.driver.logins()).extracting((login) -> login.getProperty("password"))
			.containsExactly("secret", "renewed");
	}

	@Test
	void leavesNoConnectionOpenThatCouldNotBeInitialized() {
		this.application.setConnectionInitSql("fail");
		assertThatExceptionOfType(SQLException.class).isThrownBy(create(this.application)::getConnection);
		assertThat(this.driver.calls()).containsExactly("createStatement", "fail", "close");
	}

	@Test
	void leavesOutWhatSuitsOnlyTheApplication() throws SQLException {
		create(this.application).getConnection();
		assertThat(this.driver.calls())
			.noneSatisfy((call) -> assertThat(call).matches("set(ReadOnly|AutoCommit|TransactionIsolation|Schema)"));
	}

	@Test
	void noticesDeadConnections() throws SQLException {
		create(this.application).getConnection();
		assertThat(this.driver.logins().get(0)).containsEntry("connectTimeout", "3")
			.containsEntry("loginTimeout", "3")
			.containsEntry("socketTimeout", "7")
			.containsEntry("tcpKeepAlive", "true")
			.containsEntry("ApplicationName", "tasuki");
	}

	@Test
	void hearsNotificationsAtOnce() throws SQLException {
		create(this.application).getConnection();
		assertThat(this.driver.logins().get(0)).containsEntry("socketFactory", PromptSocketFactory.class.getName());
	}

	@Test
	void connectsThroughTheSocketsOfTheApplication() throws SQLException {
		this.application.addDataSourceProperty("socketFactory", "com.example.CloudSocketFactory");
		create(this.application).getConnection();
		assertThat(this.driver.logins().get(0)).containsEntry("socketFactory", "com.example.CloudSocketFactory");
	}

	@Test
	void leavesTheApplicationsPoolAsItWas() throws SQLException {
		create(this.application).getConnection().close();
		Properties expected = new Properties();
		expected.setProperty("sslrootcert", "ca.pem");
		expected.setProperty("socketTimeout", "600");
		assertThat(this.application.getDataSourceProperties()).isEqualTo(expected);
		assertThat(this.application.getPoolName()).isEqualTo("app-pool");
		assertThat(this.application.isRunning()).isFalse();
		assertThat(this.application.isClosed()).isFalse();
	}

	@Test
	void findsPoolBehindProxies() throws SQLException {
		create(new LazyConnectionDataSourceProxy(new TransactionAwareDataSourceProxy(this.application)))
			.getConnection();
		assertThat(this.driver.logins()).hasSize(1);
	}

	@Test
	void takesOverDataSourceOfPool() throws SQLException {
		Connection expected = this.driver.connection();
		this.application.setDataSource(new AbstractDataSource() {

			@Override
			public Connection getConnection() {
				throw new UnsupportedOperationException();
			}

			@Override
			public Connection getConnection(String username, String password) {
				assertThat(username + "/" + password).isEqualTo("app/secret");
				return expected;
			}

		});
		assertThat(create(this.application).getConnection()).isSameAs(expected);
		assertThat(this.driver.logins()).isEmpty();
	}

	@Test
	void makesADataSourceOfTheClassThatThePoolNames() {
		try (HikariDataSource application = new HikariDataSource()) {
			application.setDataSourceClassName(PGSimpleDataSource.class.getName());
			application.addDataSourceProperty("serverName", "elsewhere");
			assertThat(create(application)).extracting("target")
				.isInstanceOfSatisfying(PGSimpleDataSource.class, (target) -> {
					assertThat(target.getServerNames()).containsExactly("elsewhere");
					assertThat(target.getSocketTimeout()).isEqualTo(7);
					assertThat(target.getLoginTimeout()).isEqualTo(3);
					assertThat(target.getApplicationName()).isEqualTo("tasuki");
				});
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

	private DataSource create(DataSource application) {
		return this.factory.create(application, null);
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

package io.tasuki.autoconfigure;

import java.sql.Connection;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.postgres.SchemaInitializer;
import io.tasuki.store.NewJob;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Connections leave a Hikari pool without a sound, however the pool is wrapped. */
@ExtendWith(OutputCaptureExtension.class)
class HikariConnectionEvictionIntegrationTests {

	private static final NewJob JOB = new NewJob("greet", "q", null, 5, null, null, null, null, null, null);

	private final Database database = TestPostgres.shared().freshDatabase();

	private final DriverManagerDataSource unpooled = new DriverManagerDataSource(this.database.jdbcUrl(),
			this.database.username(), this.database.password());

	@AutoClose
	private final HikariDataSource pool = new HikariDataSource();

	HikariConnectionEvictionIntegrationTests() {
		new SchemaInitializer(this.unpooled).initialize();
		this.pool.setJdbcUrl(this.database.jdbcUrl());
		this.pool.setUsername(this.database.username());
		this.pool.setPassword(this.database.password());
		this.pool.setMaximumPoolSize(1);
		this.pool.setConnectionInitSql("set default_transaction_read_only = on");
	}

	@Test
	void replacesTheConnectionOfATransaction(CapturedOutput output) {
		for (DataSource view : views()) {
			PostgresJobStore store = new PostgresJobStore(view, false, true,
					new TasukiDataSources(view, view).eviction());
			int before = backend();
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> new TransactionTemplate(new JdbcTransactionManager(view))
					.executeWithoutResult((status) -> store.insert(List.of(JOB))))
				.withMessageContaining("read-only");
			assertReplaced(before);
		}
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void replacesTheConnectionOfAnEnqueueAlone(CapturedOutput output) {
		for (DataSource view : views()) {
			PostgresJobStore store = new PostgresJobStore(view, false, true,
					new TasukiDataSources(view, view).eviction());
			int before = backend();
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.insert(List.of(JOB)))
				.withMessageContaining("read-only");
			assertReplaced(before);
		}
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void cutsAConnectionThatIsNotThePools() throws Exception {
		try (Connection foreign = this.unpooled.getConnection()) {
			new HikariConnectionEviction(this.pool).evict(foreign);
			assertThat(foreign.isClosed()).isTrue();
		}
	}

	private List<DataSource> views() {
		return List.of(this.pool, new TransactionAwareDataSourceProxy(this.pool),
				new LazyConnectionDataSourceProxy(this.pool), new DelegatingDataSource(this.pool));
	}

	private int backend() {
		return new JdbcTemplate(this.pool).queryForObject("select pg_backend_pid()", Integer.class);
	}

	private void assertReplaced(int before) {
		assertThat(backend()).isNotEqualTo(before);
		assertThat(this.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
	}

}

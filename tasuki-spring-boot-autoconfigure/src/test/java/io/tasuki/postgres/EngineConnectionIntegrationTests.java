package io.tasuki.postgres;

import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EngineConnectionIntegrationTests {

	private static TestDatabase database;

	private HikariDataSource pool;

	private EngineConnection connection;

	private JdbcTemplate jdbc;

	@BeforeAll
	static void createDatabase() {
		database = TestDatabase.empty();
	}

	@BeforeEach
	void openPool() {
		this.pool = new HikariDataSource();
		this.pool.setDataSource(database.dataSource);
		this.pool.setMaximumPoolSize(1);
		this.pool.setConnectionInitSql("set application_name = 'the pool'");
		this.connection = new EngineConnection(this.pool, "tasuki test", Duration.ofSeconds(7), Duration.ofMillis(300));
		this.jdbc = new JdbcTemplate(this.connection, true);
	}

	@AfterEach
	void closePool() {
		this.connection.close();
		this.pool.close();
	}

	@Test
	void keepsOneConnectionBetweenStatements() {
		assertThat(backend()).isEqualTo(backend());
	}

	@Test
	void guardsPlansAndBoundsWaits() {
		assertThat(setting("enable_seqscan")).isEqualTo("off");
		assertThat(setting("enable_bitmapscan")).isEqualTo("off");
		assertThat(setting("enable_hashjoin")).isEqualTo("off");
		assertThat(setting("enable_mergejoin")).isEqualTo("off");
		assertThat(setting("jit")).isEqualTo("off");
		assertThat(setting("plan_cache_mode")).isEqualTo("force_generic_plan");
		assertThat(setting("statement_timeout")).isEqualTo("7s");
		assertThat(setting("lock_timeout")).isEqualTo("300ms");
		assertThat(setting("application_name")).isEqualTo("tasuki test");
	}

	@Test
	void leavesNoSettingBehindInThePool() {
		int backend = backend();
		this.connection.close();
		JdbcTemplate next = new JdbcTemplate(this.pool);
		assertThat(next.queryForObject("select pg_backend_pid()", Integer.class)).isEqualTo(backend);
		assertThat(next.queryForObject("show enable_seqscan", String.class)).isEqualTo("on");
		assertThat(next.queryForObject("show plan_cache_mode", String.class)).isEqualTo("auto");
		assertThat(next.queryForObject("show statement_timeout", String.class)).isEqualTo("0");
		assertThat(next.queryForObject("show application_name", String.class)).isEqualTo("the pool");
	}

	@Test
	void keepsADiscardedConnectionOutOfThePool() {
		int backend = backend();
		this.connection.discard();
		JdbcTemplate next = new JdbcTemplate(this.pool);
		assertThat(next.queryForObject("select pg_backend_pid()", Integer.class)).isNotEqualTo(backend);
		assertThat(next.queryForObject("show enable_seqscan", String.class)).isEqualTo("on");
	}

	@Test
	void opensAnotherConnectionWhenTheServerCutThisOne() { // S12
		int backend = this.connection.use(this::backend);
		database.jdbc.queryForList("select pg_terminate_backend(?)", backend);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.connection.use(this::backend));
		assertThat(this.connection.use(this::backend)).isNotEqualTo(backend);
		assertThat(setting("enable_seqscan")).isEqualTo("off");
	}

	@Test
	void keepsTheConnectionWhenTheServerRefusesAStatement() {
		int backend = this.connection.use(this::backend);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.connection.use(() -> this.jdbc.queryForList("select 1 / 0")));
		assertThat(this.connection.use(this::backend)).isEqualTo(backend);
	}

	@Test
	void discardsTheConnectionWhenAResultIsNotReadToItsEnd() { // S31
		int backend = this.connection.use(this::backend);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.connection.use(() -> {
			throw new IllegalStateException("while reading");
		}));
		assertThat(this.connection.use(this::backend)).isNotEqualTo(backend);
	}

	private int backend() {
		Integer backend = this.jdbc.queryForObject("select pg_backend_pid()", Integer.class);
		return (backend != null) ? backend : 0;
	}

	private String setting(String name) {
		return String.valueOf(this.jdbc.queryForObject("show " + name, String.class));
	}

}

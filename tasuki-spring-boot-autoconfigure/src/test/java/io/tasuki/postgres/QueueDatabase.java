package io.tasuki.postgres;

import java.sql.Connection;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** A database of its own with the tables of tasuki in it, and looks into them. */
final class QueueDatabase {

	private final Database database = TestPostgres.shared().freshDatabase();

	// Never part of a test's transaction.
	private final JdbcTemplate look = new JdbcTemplate(unpooled());

	QueueDatabase() {
		this.look.execute((Connection connection) -> {
			// Undivided: a function holds semicolons of its own.
			SchemaInitializer.SCRIPTS.forEach((script) -> ScriptUtils.executeSqlScript(connection,
					new EncodedResource(new ClassPathResource("io/tasuki/postgres/schema/" + script)), false, false,
					ScriptUtils.DEFAULT_COMMENT_PREFIX, ScriptUtils.EOF_STATEMENT_SEPARATOR,
					ScriptUtils.DEFAULT_BLOCK_COMMENT_START_DELIMITER,
					ScriptUtils.DEFAULT_BLOCK_COMMENT_END_DELIMITER));
			return null;
		});
	}

	DataSource unpooled() {
		return unpooled("");
	}

	DataSource unpooled(String parameters) {
		String url = this.database.jdbcUrl();
		String separator = url.contains("?") ? "&" : "?";
		return new DriverManagerDataSource((parameters.isEmpty()) ? url : url + separator + parameters,
				this.database.username(), this.database.password());
	}

	HikariDataSource pool(int size) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(this.database.jdbcUrl());
		pool.setUsername(this.database.username());
		pool.setPassword(this.database.password());
		pool.setMinimumIdle(0);
		pool.setMaximumPoolSize(size);
		return pool;
	}

	JdbcTemplate look() {
		return this.look;
	}

	List<Map<String, Object>> jobs() {
		return this.look.queryForList("select * from tasuki.job order by id");
	}

	int jobCount() {
		return this.look.queryForObject("select count(*)::integer from tasuki.job", Integer.class);
	}

	void clear() {
		this.look.execute("truncate tasuki.job, tasuki.job_archive, tasuki.job_dead");
	}

}

package io.tasuki.localpostgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestPostgresIntegrationTests {

	@Test
	void everyDatabaseIsNewAndEmpty() throws SQLException {
		Database first = TestPostgres.shared().freshDatabase();
		Database second = TestPostgres.shared().freshDatabase();
		execute(first, "create table only_here ()");
		execute(second, "create table only_here ()");
		assertThat(first.jdbcUrl()).isNotEqualTo(second.jdbcUrl());
	}

	@Test
	void isOneServerForTheWholeProcess() {
		assertThat(TestPostgres.shared()).isSameAs(TestPostgres.shared());
	}

	private static void execute(Database database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
				database.password()); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}

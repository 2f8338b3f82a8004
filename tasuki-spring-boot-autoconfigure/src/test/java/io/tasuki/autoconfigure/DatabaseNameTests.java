package io.tasuki.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseNameTests {

	private static final String URL = "jdbc:postgresql://ada:secret@db:5432/app?user=ada&password=secret";

	@Test
	void leavesOutCredentials() {
		assertThat(DatabaseName.withoutCredentials(URL)).isEqualTo("jdbc:postgresql://db:5432/app");
	}

	@Test
	void findsUrlOfPool() {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(URL);
			assertThat(DatabaseName.of(new LazyConnectionDataSourceProxy(pool)))
				.isEqualTo("jdbc:postgresql://db:5432/app");
		}
	}

	@Test
	void findsUrlOfPlainDataSource() {
		assertThat(DatabaseName.of(new DriverManagerDataSource(URL))).isEqualTo("jdbc:postgresql://db:5432/app");
	}

	@Test
	void hasWordsWhereThereIsNoUrl() {
		assertThat(DatabaseName.of(new PGSimpleDataSource())).isEqualTo("of the DataSource");
	}

}

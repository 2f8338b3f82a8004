package io.tasuki.sample;

import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Gives an application under test an empty database of its own.
 */
public interface TestDatabase {

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry properties) {
		Database database = TestPostgres.shared().freshDatabase();
		properties.add("spring.datasource.url", database::jdbcUrl);
		properties.add("spring.datasource.username", database::username);
		properties.add("spring.datasource.password", database::password);
	}

}

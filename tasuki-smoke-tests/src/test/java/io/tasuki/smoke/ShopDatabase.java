package io.tasuki.smoke;

import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;

import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The database of the shop under test.
 */
final class ShopDatabase {

	static final Database INSTANCE = TestPostgres.shared().freshDatabase();

	private ShopDatabase() {
	}

	static void register(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", INSTANCE::jdbcUrl);
		registry.add("spring.datasource.username", INSTANCE::username);
		registry.add("spring.datasource.password", INSTANCE::password);
	}

}

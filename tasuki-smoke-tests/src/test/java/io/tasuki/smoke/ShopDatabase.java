package io.tasuki.smoke;

import io.tasuki.localpostgres.Database;
import io.tasuki.localpostgres.TestPostgres;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives the shop its database: one for all tests, so that they share one application.
 */
final class ShopDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	static final Database INSTANCE = TestPostgres.shared().freshDatabase();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("spring.datasource.url=" + INSTANCE.jdbcUrl(), "spring.datasource.username=" + INSTANCE.username(),
					"spring.datasource.password=" + INSTANCE.password())
			.applyTo(context);
	}

}

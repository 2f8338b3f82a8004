package io.tasuki.sample.database;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class LocalDatabaseConfigurationTests {

	@Test
	void startsNothingWhenTheDatabaseIsConfigured() {
		new ApplicationContextRunner().withUserConfiguration(LocalDatabaseConfiguration.class)
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://db.example.org/photos")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("localPostgres"));
	}

}

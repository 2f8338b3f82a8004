package io.tasuki.benchmarks.soak;

import io.tasuki.localpostgres.Database;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application that enqueues and runs nothing.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
class ProducerApplication {

	static ConfigurableApplicationContext start(Database database) {
		return new SpringApplicationBuilder(ProducerApplication.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run("--spring.config.name=soak", "--tasuki.worker.enabled=false", "--logging.level.root=off",
					"--spring.datasource.url=" + database.jdbcUrl(),
					"--spring.datasource.username=" + database.username(),
					"--spring.datasource.password=" + database.password());
	}

}

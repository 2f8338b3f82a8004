package io.tasuki.sample.database;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

import io.tasuki.localpostgres.EmbeddedPostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LocalDatabaseIntegrationTests {

	@TempDir
	private Path folder;

	@Test
	void keepsTheDataBetweenRuns() {
		run((context) -> context.getBean(JdbcClient.class).sql("create table note as select 'kept' as text").update());
		run((context) -> {
			JdbcClient jdbc = context.getBean(JdbcClient.class);
			assertThat(jdbc.sql("select text from note").query(String.class).single()).isEqualTo("kept");
		});
	}

	@Test
	void stopsTheServerAfterThePoolThatUsesIt() {
		AtomicReference<EmbeddedPostgresServer> server = new AtomicReference<>();
		run((context) -> {
			server.set(context.getBean(EmbeddedPostgresServer.class));
			assertThat(server.get().processId()).isPositive();
			assertThat(context.getBeanFactory().getDependentBeans("localPostgres"))
				.contains("localPostgresConnectionDetails");
			assertThat(context.getBeanFactory().getDependentBeans("localPostgresConnectionDetails"))
				.contains("dataSource");
		});
		assertThatIllegalStateException().isThrownBy(() -> server.get().processId());
	}

	private void run(ContextConsumer<AssertableApplicationContext> consumer) {
		new ApplicationContextRunner().withUserConfiguration(LocalDatabaseConfiguration.class)
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class))
			.withPropertyValues("sample.data-directory=" + this.folder)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				consumer.accept(context);
			});
	}

}

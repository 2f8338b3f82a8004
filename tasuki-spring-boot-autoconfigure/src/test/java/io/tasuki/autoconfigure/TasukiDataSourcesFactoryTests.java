package io.tasuki.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiDataSourcesFactoryTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TasukiAutoConfiguration.class))
		.withUserConfiguration(StorageStubs.class);

	@Test
	void takesTheOnlyDataSource() {
		this.runner.withUserConfiguration(Only.class)
			.run((context) -> assertThat(context.getBean(TasukiDataSources.class).queue())
				.isSameAs(context.getBean("only")));
	}

	@Test
	void takesThePrimaryDataSource() {
		this.runner.withUserConfiguration(Only.class, Main.class)
			.run((context) -> assertThat(context.getBean(TasukiDataSources.class).queue())
				.isSameAs(context.getBean("main")));
	}

	@Test
	void prefersTheMarkedDataSource() {
		this.runner.withUserConfiguration(Only.class, Main.class, Marked.class)
			.run((context) -> assertThat(context.getBean(TasukiDataSources.class).queue())
				.isSameAs(context.getBean("marked")));
	}

	@Test
	void prefersTheMarkedEngineDataSource() {
		this.runner.withUserConfiguration(Main.class, MarkedEngine.class).run((context) -> {
			TasukiDataSources dataSources = context.getBean(TasukiDataSources.class);
			assertThat(dataSources.queue()).isSameAs(context.getBean("main"));
			assertThat(dataSources.engine()).isSameAs(context.getBean("markedEngine"));
		});
	}

	@Test
	void addsNoDataSourceBean() {
		this.runner.withUserConfiguration(Pool.class).run((context) -> {
			assertThat(context.getBean(TasukiDataSources.class).engine()).isInstanceOf(HikariEngineDataSource.class);
			assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("pool");
		});
	}

	@Test
	void closesNoDataSource() {
		this.runner.withUserConfiguration(Pool.class).run((context) -> {
			TasukiDataSources dataSources = context.getBean(TasukiDataSources.class);
			assertThat(dataSources.engine()).isNotInstanceOf(AutoCloseable.class);
			context.getBeanFactory().destroyBean("tasukiDataSources", dataSources);
			assertThat(context.getBean(HikariDataSource.class).isClosed()).isFalse();
		});
	}

	@Test
	void asksForNoDataSourceWhenStorageIsTheUsers() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class Only {

		@Bean
		DataSource only() {
			return new PGSimpleDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Main {

		@Bean
		@Primary
		DataSource main() {
			return new PGSimpleDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Marked {

		@Bean(defaultCandidate = false)
		@TasukiDataSource
		DataSource marked() {
			return new PGSimpleDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedEngine {

		@Bean(defaultCandidate = false)
		@TasukiEngineDataSource
		DataSource markedEngine() {
			return new PGSimpleDataSource();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pool {

		@Bean
		HikariDataSource pool() {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl("jdbc:postgresql://localhost:1/app");
			return pool;
		}

	}

}

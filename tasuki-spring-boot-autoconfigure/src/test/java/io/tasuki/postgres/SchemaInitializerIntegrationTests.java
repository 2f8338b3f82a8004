package io.tasuki.postgres;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SchemaInitializerIntegrationTests {

	@Test
	void createsTablesAndArchivePartitionsOfTheDaysAhead() {
		TestDatabase database = TestDatabase.empty();
		new SchemaInitializer(database.dataSource).initialize();
		assertThat(database.jdbc.queryForList("select version from tasuki.schema_version", Integer.class))
			.containsExactly(1, 2);
		assertThat(new FindMissingArchiveDays(database.jdbc).run(7)).isEmpty();
		assertThat(new FindMissingArchiveDays(database.jdbc).run(8)).hasSize(1);
	}

	@Test
	void changesNothingWhenUpToDate() {
		TestDatabase database = TestDatabase.withSchema();
		TestDatabase role = database.asNewRole("up_to_date_reader");
		database.jdbc.execute("grant usage on schema tasuki to up_to_date_reader");
		database.jdbc.execute("grant select on tasuki.schema_version to up_to_date_reader");
		assertThatNoException().isThrownBy(new SchemaInitializer(role.dataSource)::initialize);
		assertThatNoException().isThrownBy(new SchemaInitializer(role.dataSource)::verify);
	}

	@Test
	void appliesEachScriptOnceWhenInstancesStartTogether() throws Exception {
		TestDatabase database = TestDatabase.empty();
		ExecutorService instances = Executors.newFixedThreadPool(8);
		try {
			List<? extends Future<?>> starts = IntStream.range(0, 8)
				.mapToObj((number) -> instances.submit(new SchemaInitializer(database.dataSource)::initialize))
				.toList();
			for (Future<?> start : starts) {
				start.get();
			}
		}
		finally {
			instances.shutdownNow();
		}
		assertThat(database.count("schema_version")).isEqualTo(SchemaInitializer.SCRIPTS.size());
	}

	@Test
	void verifyNamesTheScriptsToApplyWhenThereIsNoSchema() {
		TestDatabase database = TestDatabase.empty();
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(database.dataSource)::verify)
			.withMessageContaining("version 2 of its schema is needed")
			.withMessageContaining("V1__create_tasuki.sql, V2__name_crashed_workers.sql")
			.withMessageContaining("tasuki.jdbc.initialize-schema=always");
		assertThat(database.jdbc.queryForObject("select to_regnamespace('tasuki') is null", Boolean.class)).isTrue();
	}

	@Test
	void namesTheMissingRightWhenTheRoleMayNotCreate() {
		TestDatabase role = TestDatabase.empty().asNewRole("may_not_create");
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(role.dataSource)::initialize)
			.withMessageContaining("the database role may not create it")
			.withCauseInstanceOf(DataAccessException.class);
	}

	@Test
	void namesTheMissingRightWhenTheRoleMayNotRead() {
		TestDatabase role = TestDatabase.withSchema().asNewRole("may_not_read");
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(role.dataSource)::initialize)
			.withMessageContaining("may not read the schema");
	}

	@Test
	void leavesNothingBehindWhenAScriptFails() {
		TestDatabase database = TestDatabase.empty();
		database.jdbc.execute("create schema tasuki");
		assertThatExceptionOfType(SchemaMissingException.class)
			.isThrownBy(new SchemaInitializer(database.dataSource)::initialize)
			.withMessageContaining("already exists");
		assertThat(database.jdbc.queryForObject("select to_regclass('tasuki.job') is null", Boolean.class)).isTrue();
	}

	@Test
	void knowsEveryScriptThereIs() throws IOException {
		Resource[] scripts = new PathMatchingResourcePatternResolver()
			.getResources("classpath:io/tasuki/postgres/schema/*");
		assertThat(Arrays.stream(scripts).map(Resource::getFilename))
			.containsExactlyInAnyOrderElementsOf(SchemaInitializer.SCRIPTS);
	}

}

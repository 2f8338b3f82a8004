package io.tasuki.postgres;

import java.time.Duration;

import javax.sql.DataSource;

/** Schemas of earlier versions, for tests of what happens on the way to this one. */
public final class SchemaVersions {

	private SchemaVersions() {
	}

	/**
	 * Returns the newest version.
	 */
	public static int latest() {
		return SchemaInitializer.SCRIPTS.size();
	}

	/**
	 * Makes the schema as the code of a version made it.
	 */
	public static void create(DataSource dataSource, int version) {
		new SchemaInitializer(dataSource, SchemaInitializer.SCRIPTS.subList(0, version), Duration.ofMinutes(1))
			.initialize();
	}

}

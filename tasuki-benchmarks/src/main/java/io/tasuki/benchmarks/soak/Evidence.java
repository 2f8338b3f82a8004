package io.tasuki.benchmarks.soak;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.postgresql.PGConnection;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What is kept of the database when the verdict is bad, for whoever looks for the reason.
 */
final class Evidence {

	private static final String TABLES = """
			select relnamespace::regnamespace || '.' || relname
			  from pg_class
			 where relnamespace::regnamespace::text in ('tasuki', 'soak')
			   and relkind in ('r', 'p')
			   and not relispartition
			""";

	private Evidence() {
	}

	static void save(JdbcOperations jdbc, Path folder) {
		List<String> tables = jdbc.queryForList(TABLES, String.class);
		tables.forEach((table) -> jdbc.execute((ConnectionCallback<Long>) (connection) -> {
			try (OutputStream out = Files.newOutputStream(folder.resolve(table + ".csv"))) {
				return connection.unwrap(PGConnection.class)
					.getCopyAPI()
					.copyOut("copy (select * from %s) to stdout (format csv, header)".formatted(table), out);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}));
	}

}

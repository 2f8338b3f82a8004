package io.tasuki.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Metadata as the statements answer it: names and values in turn, in one array. */
final class Metadata {

	private Metadata() {
	}

	static Map<String, String> read(ResultSet row, int column) throws SQLException {
		Array entries = row.getArray(column);
		return (entries != null) ? toMap((String[]) entries.getArray()) : Map.of();
	}

	// Other programs may have written null.
	private static Map<String, String> toMap(String[] entries) {
		Map<String, String> metadata = new HashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			if (entries[i + 1] != null) {
				metadata.put(entries[i], entries[i + 1]);
			}
		}
		return metadata;
	}

}

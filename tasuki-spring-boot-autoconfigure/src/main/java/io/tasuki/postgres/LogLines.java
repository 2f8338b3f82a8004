package io.tasuki.postgres;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.LogLine;

/**
 * Log lines as the statements answer them: attempt, time and text in turn, in one array.
 */
final class LogLines {

	private LogLines() {
	}

	static List<LogLine> read(ResultSet row, int column) throws SQLException {
		Array values = row.getArray(column);
		List<LogLine> lines = new ArrayList<>();
		if (values != null) {
			String[] texts = (String[]) values.getArray();
			for (int i = 0; i < texts.length; i += 3) {
				lines.add(new LogLine(Integer.parseInt(texts[i]), OffsetDateTime.parse(texts[i + 1]).toInstant(),
						texts[i + 2]));
			}
		}
		return lines;
	}

}

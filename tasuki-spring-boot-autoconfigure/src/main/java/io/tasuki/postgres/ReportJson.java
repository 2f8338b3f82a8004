package io.tasuki.postgres;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.tasuki.store.Report;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a report as the JSON in which the statement takes them, with nothing in it
 * that PostgreSQL cannot store.
 */
final class ReportJson {

	private ReportJson() {
	}

	/**
	 * Returns lines with their ages in microseconds.
	 * @param now a {@link System#nanoTime()}
	 * @return {@code null} for no lines
	 */
	static @Nullable String lines(List<Report.Line> lines, long now) {
		if (lines.isEmpty()) {
			return null;
		}
		StringBuilder json = new StringBuilder();
		for (Report.Line line : lines) {
			json.append(json.isEmpty() ? "[{" : ",{")
				.append("\"lease\":")
				.append(line.leaseNo())
				.append(",\"no\":")
				.append(line.number())
				.append(",\"age\":")
				.append(TimeUnit.NANOSECONDS.toMicros(now - line.saidAt()))
				.append(",\"text\":");
			append(json, line.text());
			json.append('}');
		}
		return json.append(']').toString();
	}

	/**
	 * Returns metadata as an object.
	 * @return {@code null} for no news
	 */
	static @Nullable String metadata(@Nullable Map<String, String> metadata) {
		if (metadata == null) {
			return null;
		}
		StringBuilder json = new StringBuilder("{");
		metadata.forEach((name, value) -> {
			json.append((json.length() > 1) ? "," : "");
			append(json, name);
			json.append(':');
			append(json, value);
		});
		return json.append('}').toString();
	}

	private static void append(StringBuilder json, String text) {
		String storable = Objects.requireNonNull(Texts.storable(text));
		json.append('"');
		for (int i = 0; i < storable.length(); i++) {
			char character = storable.charAt(i);
			if (character < ' ') {
				json.append("\\u%04x".formatted((int) character));
			}
			else {
				json.append((character == '"' || character == '\\') ? "\\" : "").append(character);
			}
		}
		json.append('"');
	}

}

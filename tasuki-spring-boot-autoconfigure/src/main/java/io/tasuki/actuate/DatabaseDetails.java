package io.tasuki.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.tasuki.DatabaseReport;
import io.tasuki.SnapshotHolder;
import org.jspecify.annotations.Nullable;

/** Puts a report on the database into what health shows. */
final class DatabaseDetails {

	private DatabaseDetails() {
	}

	static Map<String, Object> of(DatabaseReport report) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("liveRows", report.liveRows());
		details.put("deadRows", report.deadRows());
		put(details, "sinceVacuum", report.sinceVacuum());
		put(details, "sinceAnalyze", report.sinceAnalyze());
		details.put("snapshotHolders", report.snapshotHolders().stream().map(DatabaseDetails::of).toList());
		return details;
	}

	private static Map<String, Object> of(SnapshotHolder holder) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("kind", holder.kind());
		put(details, "pid", holder.pid());
		details.put("name", holder.name());
		put(details, "state", holder.state());
		put(details, "age", holder.age());
		details.put("transactions", holder.transactions());
		return details;
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, (value instanceof Integer) ? value : value.toString());
		}
	}

}

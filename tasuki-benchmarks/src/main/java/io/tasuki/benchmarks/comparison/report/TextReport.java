package io.tasuki.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The whole report as Markdown, to be printed and to be put into a document below a
 * heading of second level.
 */
record TextReport(Environment environment, List<Measurement> measurements) {

	String text() {
		List<String> lines = new ArrayList<>();
		lines.add("### Where and with what");
		lines.add("");
		lines.addAll(environmentTable().lines());
		lines.add("");
		lines.add("### To reach");
		lines.add("");
		Targets.all().forEach((target) -> lines.add(target.line(this.measurements)));
		for (MeasurementTable table : MeasurementTable.of(this.measurements)) {
			lines.add("");
			lines.add("### %s, %s".formatted(table.workload(), table.unit()));
			lines.add("");
			lines.addAll(table.table().lines());
		}
		return String.join("\n", lines) + "\n";
	}

	private TextTable environmentTable() {
		List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("date", this.environment.date().toString()));
		rows.add(List.of("commit", this.environment.commit()));
		this.environment.versions().forEach((name, version) -> rows.add(List.of(name, version)));
		rows.add(List.of("processors", this.environment.processors() + " × " + this.environment.processor()));
		rows.add(List.of("memory", Figures.number(this.environment.memoryMiB()) + " MiB"));
		rows.add(List.of("operating system", this.environment.operatingSystem()));
		rows.add(List.of("PostgreSQL settings", settings(this.environment.postgresSettings())));
		rows.add(List.of("JVM options", code(String.join(" ", this.environment.jvmOptions()))));
		rows.add(List.of("repetitions", repetitions() + "; figures are medians, spread is (max − min) / median"));
		return new TextTable(List.of("", ""), 2, rows);
	}

	private static String settings(Map<String, String> settings) {
		return settings.entrySet()
			.stream()
			.map((setting) -> code(setting.getKey() + "=" + setting.getValue()))
			.collect(Collectors.joining(" "));
	}

	private static String code(String text) {
		return (text.isEmpty()) ? "" : "`" + text + "`";
	}

	private String repetitions() {
		IntSummaryStatistics sizes = this.measurements.stream()
			.mapToInt((measurement) -> measurement.values().size())
			.summaryStatistics();
		return (sizes.getCount() == 0) ? "none" : Figures.range(sizes.getMin(), sizes.getMax()).replace(".00", "");
	}

}

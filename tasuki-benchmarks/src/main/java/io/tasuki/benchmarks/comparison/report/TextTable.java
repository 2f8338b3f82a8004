package io.tasuki.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Markdown table whose columns are aligned, so that it reads well unrendered too.
 *
 * @param header the head of each column
 * @param textColumns how many columns from the left hold text; the others hold numbers
 * and are aligned to the right
 * @param rows the cells, as many in each row as there are columns
 */
record TextTable(List<String> header, int textColumns, List<List<String>> rows) {

	List<String> lines() {
		List<String> lines = new ArrayList<>();
		lines.add(line(this.header));
		lines.add(rule());
		this.rows.forEach((row) -> lines.add(line(row)));
		return lines;
	}

	private String line(List<String> cells) {
		return IntStream.range(0, this.header.size())
			.mapToObj((column) -> padded(cells.get(column), column))
			.collect(Collectors.joining(" | ", "| ", " |"));
	}

	private String padded(String cell, int column) {
		String padding = " ".repeat(width(column) - cell.length());
		return isText(column) ? cell + padding : padding + cell;
	}

	private String rule() {
		return IntStream.range(0, this.header.size())
			.mapToObj((column) -> "-".repeat(width(column) + 1) + (isText(column) ? "-" : ":"))
			.collect(Collectors.joining("|", "|", "|"));
	}

	private boolean isText(int column) {
		return column < this.textColumns;
	}

	private int width(int column) {
		int widest = this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0);
		return Math.max(widest, this.header.get(column).length());
	}

}

package io.tasuki.benchmarks.comparison.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is left of a run: a text, a file for programs, and a picture.
 */
public final class Report {

	private Report() {
	}

	/**
	 * Prints the text, and writes {@code report.md}, {@code report.json} and, if anything
	 * was measured, {@code plot.png}. The text is printed first, so that a full disk does
	 * not take a long run's figures along.
	 * @param folder where the files go; created if need be, files of an earlier run are
	 * overwritten
	 * @param environment where and with what was measured
	 * @param measurements in the order in which they are to be shown
	 * @param out where the text is printed
	 */
	public static void write(Path folder, Environment environment, List<Measurement> measurements, PrintStream out) {
		String text = new TextReport(environment, measurements).text();
		out.print(text);
		out.flush();
		try {
			Files.createDirectories(folder);
			Files.writeString(folder.resolve("report.md"), text);
			Files.writeString(folder.resolve("report.json"), new JsonReport(environment, measurements).text());
			if (!measurements.isEmpty()) {
				Files.write(folder.resolve("plot.png"), new Plot(measurements).png());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package io.tasuki.benchmarks.comparison.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.tasuki.localpostgres.Database;

/**
 * How JVMs of contestants are started: with the class path and the JDK of this one.
 *
 * @param folder where their logs go
 */
public record ProcessCommand(Path folder) {

	/** What every contestant's JVM is told. */
	public static final List<String> JVM_OPTIONS = List.of("-Xmx1g");

	/**
	 * Starts a JVM.
	 * @param name of its log
	 * @param jobs one more than the largest number of a job
	 */
	public ContestantProcess start(Entrant entrant, Database database, String name, int jobs) {
		return start(entrant, database, name, jobs, JVM_OPTIONS);
	}

	/**
	 * Starts a JVM with options of its own.
	 * @param name of its log
	 * @param jobs one more than the largest number of a job
	 */
	public ContestantProcess start(Entrant entrant, Database database, String name, int jobs, List<String> options) {
		try {
			Files.createDirectories(this.folder);
			Path log = this.folder.resolve(name + ".log");
			Path command = Files.writeString(this.folder.resolve(name + ".command"),
					command(entrant, database, jobs, options));
			ProcessBuilder builder = new ProcessBuilder(java(), "@" + command).redirectError(log.toFile());
			builder.environment().put(ContestantMain.PASSWORD, database.password());
			return new ContestantProcess(builder.start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static String command(Entrant entrant, Database database, int jobs, List<String> options) {
		List<String> words = new ArrayList<>(options);
		words.addAll(List.of("-cp", classPath(), ContestantMain.class.getName(), entrant.label(), database.jdbcUrl(),
				database.username(), Integer.toString(jobs)));
		return words.stream().map((word) -> '"' + word.replace("\\", "\\\\") + '"').collect(Collectors.joining("\n"));
	}

	// Relative entries would mean another place in another folder.
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> new File(entry).getAbsolutePath())
			.collect(Collectors.joining(File.pathSeparator));
	}

}

package io.tasuki.processes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tasuki.localpostgres.Database;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.util.FileSystemUtils;

/**
 * The child JVMs of one test. After it they are gone, and what they printed is shown if
 * it failed.
 */
final class WorkerProcesses implements AfterEachCallback {

	private final List<WorkerProcess> started = new ArrayList<>();

	private final Path folder;

	WorkerProcesses() {
		try {
			this.folder = Files.createTempDirectory("worker-processes");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a folder that is deleted after the test.
	 */
	Path folder() {
		return this.folder;
	}

	/**
	 * Starts a worker and waits until it works.
	 */
	WorkerProcess startWorker(Database database, WorkerOptions options) {
		return startWorker(database, options, Map.of());
	}

	/**
	 * Starts a worker with further environment variables and waits until it works.
	 */
	WorkerProcess startWorker(Database database, WorkerOptions options, Map<String, String> environment) {
		WorkerProcess process = start(WorkerMain.class, database, options.arguments(), environment);
		process.awaitReady();
		return process;
	}

	/**
	 * Starts a program.
	 */
	WorkerProcess start(Class<?> program, Database database, List<String> arguments, Map<String, String> environment) {
		try {
			int number = this.started.size() + 1;
			Path output = this.folder.resolve("output" + number);
			Path command = this.folder.resolve("command" + number);
			Files.writeString(command, command(program, database, arguments));
			ProcessBuilder builder = new ProcessBuilder(java(), "@" + command).redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(environment);
			WorkerProcess process = new WorkerProcess(builder.start(), output);
			this.started.add(process);
			return process;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static String command(Class<?> program, Database database, List<String> arguments) {
		Stream<String> virtualMachine = Stream.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-Dlogback.configurationFile=io/tasuki/processes/logback.xml", "-cp", classPath(), program.getName());
		Stream<String> connection = Stream.of(database.jdbcUrl(), database.username(), database.password());
		return Stream.of(virtualMachine, connection, arguments.stream())
			.flatMap((part) -> part)
			.map((argument) -> '"' + argument.replace("\\", "\\\\") + '"')
			.collect(Collectors.joining("\n"));
	}

	// Relative entries would mean another place in another folder; the child has ours.
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> new File(entry).getAbsolutePath())
			.collect(Collectors.joining(File.pathSeparator));
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		this.started.forEach(WorkerProcess::kill9);
		if (context.getExecutionException().isPresent()) {
			this.started.forEach((process) -> System.out.printf("%n--- Process %d of %s printed:%n%s%n", process.pid(),
					context.getDisplayName(), process.output()));
		}
		FileSystemUtils.deleteRecursively(this.folder);
	}

}

package io.tasuki.benchmarks.soak.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tasuki.benchmarks.soak.worker.WorkerApplication;
import io.tasuki.benchmarks.soak.worker.WorkerFiles;

/**
 * How worker JVMs are started.
 *
 * @param folder below which each has its own
 * @param database name of the database
 * @param password of every role
 * @param lease how long leases last
 * @param seed decides what they enqueue
 */
public record WorkerCommand(Path folder, String database, String password, Duration lease, long seed) {

	WorkerProcess start(int number, String role, int port, int jobsPerSecond) {
		try {
			Path own = Files.createDirectories(this.folder.resolve("process-" + number));
			Path crashes = Files.createDirectories(this.folder.resolve("crashes"));
			Path command = Files.writeString(own.resolve("command"),
					command(own, crashes, number, role, port, jobsPerSecond));
			ProcessBuilder builder = new ProcessBuilder(java(), "@" + command).redirectErrorStream(true)
				.redirectOutput(WorkerFiles.log(own).toFile());
			builder.environment().putAll(Map.of("SPRING_DATASOURCE_PASSWORD", this.password));
			return new WorkerProcess(number, role, own, builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private String command(Path own, Path crashes, int number, String role, int port, int jobsPerSecond) {
		List<String> machine = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath(),
				WorkerApplication.class.getName());
		List<String> arguments = List.of("--spring.config.name=soak",
				"--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, this.database),
				"--spring.datasource.username=" + role, "--tasuki.worker.lease-duration=" + this.lease,
				"--soak.process=" + number, "--soak.folder=" + own, "--soak.crashes=" + crashes,
				"--soak.seed=" + (this.seed + number), "--soak.jobs-per-second=" + jobsPerSecond);
		return Stream.concat(machine.stream(), arguments.stream())
			.map((argument) -> '"' + argument.replace("\\", "\\\\") + '"')
			.collect(Collectors.joining("\n"));
	}

	// Relative entries would mean another place in another folder.
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((entry) -> new File(entry).getAbsolutePath())
			.collect(Collectors.joining(File.pathSeparator));
	}

}

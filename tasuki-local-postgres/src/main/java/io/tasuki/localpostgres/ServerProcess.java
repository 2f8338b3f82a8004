package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the server that runs on a data folder, by the file it keeps there.
 */
final class ServerProcess {

	private static final String PID_FILE = "postmaster.pid";

	private ServerProcess() {
	}

	/**
	 * Returns the running server; empty when none runs. When the file names another
	 * program, which got the number after the server died, the file is deleted: the next
	 * server would believe it and refuse to start.
	 */
	static Optional<ProcessHandle> find(Path data) throws IOException {
		Optional<ProcessHandle> process = readPid(data).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
		if (process.isPresent() && !isServerOf(data, process.get())) {
			Files.deleteIfExists(data.resolve(PID_FILE));
			return Optional.empty();
		}
		return process;
	}

	private static Optional<Long> readPid(Path data) throws IOException {
		Path file = data.resolve(PID_FILE);
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		List<String> lines = Files.readAllLines(file);
		if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,18}")) {
			return Optional.empty();
		}
		return Optional.of(Long.valueOf(lines.get(0).strip()));
	}

	private static boolean isServerOf(Path data, ProcessHandle process) {
		ProcessHandle.Info info = process.info();
		boolean postgres = info.command()
			.map((command) -> Path.of(command).getFileName().toString())
			.filter((name) -> name.equals("postgres") || name.equals("postgres.exe"))
			.isPresent();
		// Where the system does not tell arguments, the program's name has to do.
		return postgres && info.arguments()
			.map((arguments) -> String.join(" ", arguments).contains(data.toString()))
			.orElse(true);
	}

}

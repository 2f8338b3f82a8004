package io.tasuki.localpostgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code initdb} and {@code pg_ctl}.
 *
 * @param binaries the programs
 * @param root how they run when this process is root
 */
record PostgresPrograms(PostgresBinaries binaries, Root root) {

	private static final int TIMEOUT_SECONDS = 60;

	static PostgresPrograms find() throws IOException {
		return new PostgresPrograms(PostgresBinaries.unpack(), Root.detect());
	}

	void initialize(Path data, Path passwordFile, String username) throws IOException {
		run(this.root, "initdb", "--pgdata=" + data, "--username=" + username, "--pwfile=" + passwordFile,
				"--auth=scram-sha-256", "--encoding=UTF8", "--locale=C");
	}

	// Through pg_ctl, which gives the server a session of its own: Ctrl-C in a terminal
	// must reach this process only, which then ends the server when it is done with it.
	void start(Path data, Path log) throws IOException {
		this.root.takeOver(data);
		Files.deleteIfExists(log);
		run(this.root, "pg_ctl", "start", "--pgdata=" + data, "--log=" + log, "--wait", "--timeout=" + TIMEOUT_SECONDS);
	}

	void stop(Path data, String mode) throws IOException {
		run(this.root.ofOwner(data), "pg_ctl", "stop", "--pgdata=" + data, "--mode=" + mode, "--wait",
				"--timeout=" + TIMEOUT_SECONDS / 2);
	}

	private void run(Root root, String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(root.command());
		command.add(this.binaries.program(program).toString());
		command.addAll(List.of(arguments));
		// To a file, not a pipe: on some systems the server inherits it and keeps it
		// open.
		Path output = Files.createTempFile(program, ".log");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(Redirect.to(output.toFile()))
				.start();
			process.getOutputStream().close();
			if (!process.waitFor(TIMEOUT_SECONDS + 10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IOException("%s did not end: %s".formatted(program, Files.readString(output)));
			}
			if (process.exitValue() != 0) {
				throw new IOException("%s failed: %s".formatted(program, Files.readString(output).strip()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while waiting for " + program, ex);
		}
		finally {
			Files.deleteIfExists(output);
		}
	}

}

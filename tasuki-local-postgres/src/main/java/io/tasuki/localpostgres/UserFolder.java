package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Folder of this user for what is worth keeping between runs: the unpacked binaries, and
 * the temporary servers that a killed process left behind. Not the machine's folder for
 * temporary files, which others can write to and which is cleaned file by file.
 */
final class UserFolder {

	private static final String NAME = "tasuki-local-postgres";

	// Below root's own home a server that runs as somebody else finds no programs.
	private static final Path ROOTS_CACHE = Path.of("/var/cache");

	private UserFolder() {
	}

	static Path get() throws IOException {
		if (Root.isRoot() && Files.isWritable(ROOTS_CACHE)) {
			return Files.createDirectories(ROOTS_CACHE.resolve(NAME));
		}
		Path home = Path.of(System.getProperty("user.home"));
		if (Files.isWritable(home)) {
			return Folders.createPrivate(home.resolve(".cache").resolve(NAME));
		}
		String user = System.getProperty("user.name");
		return Folders.createPrivate(Path.of(System.getProperty("java.io.tmpdir"), NAME + "-" + user));
	}

}

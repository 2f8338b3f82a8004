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

	private UserFolder() {
	}

	static Path get() throws IOException {
		Path home = Path.of(System.getProperty("user.home"));
		Path parent = Files.isWritable(home) ? home.resolve(".cache")
				: Path.of(System.getProperty("java.io.tmpdir"), System.getProperty("user.name"));
		return Folders.createPrivate(parent.resolve("tasuki-local-postgres"));
	}

}

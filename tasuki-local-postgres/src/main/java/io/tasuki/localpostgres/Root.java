package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. On Linux it runs in a user namespace of its own
 * then, in which it is nobody, while its files still belong to root.
 */
final class Root {

	private static final Path SELF = Path.of("/proc/self");

	private Root() {
	}

	static List<String> prefix() throws IOException {
		return isRoot() ? List.of("unshare", "--user") : List.of();
	}

	private static boolean isRoot() throws IOException {
		return Files.exists(SELF) && Files.getAttribute(SELF, "unix:uid").equals(0);
	}

}

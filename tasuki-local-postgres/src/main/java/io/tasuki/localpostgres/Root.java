package io.tasuki.localpostgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How PostgreSQL, which refuses to run as root, runs when this process is root.
 *
 * @param command what to write before a command
 * @param owner user id that the data folder must belong to
 */
record Root(List<String> command, int owner) {

	private static final Path SELF = Path.of("/proc/self");

	private static final int NOBODY = 65534;

	/** In a user namespace: nobody inside, root outside, also as owner of the files. */
	private static final Root NAMESPACE = new Root(List.of("unshare", "--user"), 0);

	/**
	 * Containers usually forbid namespaces to root, but let it become somebody else. The
	 * one capability that is kept lets the server reach data below root's own home.
	 */
	private static final Root OTHER_USER = new Root(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
			"--clear-groups", "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override",
			"--bounding-set=-all,+dac_override"), NOBODY);

	private static final Root NOT_ROOT = new Root(List.of(), -1);

	/**
	 * Returns what works on this machine.
	 * @throws IOException if this process is root and nothing does
	 */
	static Root detect() throws IOException {
		if (!isRoot()) {
			return NOT_ROOT;
		}
		for (Root way : List.of(NAMESPACE, OTHER_USER)) {
			if (way.works()) {
				return way;
			}
		}
		throw new IOException("PostgreSQL does not run as root, and neither 'unshare' nor 'setpriv' may change that "
				+ "here: run as an ordinary user");
	}

	/**
	 * Returns how the server that owns the data folder was started.
	 */
	Root ofOwner(Path data) throws IOException {
		if (this.owner < 0) {
			return this;
		}
		return Files.getAttribute(data, "unix:uid").equals(NOBODY) ? OTHER_USER : NAMESPACE;
	}

	/**
	 * Gives the data folder to the user that the server runs as, should it have run as
	 * another one the last time.
	 */
	void takeOver(Path data) throws IOException {
		if (this.owner < 0 || !Files.exists(data) || Files.getAttribute(data, "unix:uid").equals(this.owner)) {
			return;
		}
		try (Stream<Path> paths = Files.walk(data)) {
			for (Path path : (Iterable<Path>) paths::iterator) {
				Files.setAttribute(path, "unix:uid", this.owner);
			}
		}
	}

	private boolean works() {
		try {
			return new ProcessBuilder(Stream.concat(this.command.stream(), Stream.of("true")).toList())
				.redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	static boolean isRoot() throws IOException {
		return Files.exists(SELF) && Files.getAttribute(SELF, "unix:uid").equals(0);
	}

}

package io.tasuki.localpostgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of the class path, unpacked once for each user.
 *
 * @param folder where they are unpacked
 */
record PostgresBinaries(Path folder) {

	/**
	 * Returns the programs for this machine, unpacked if they are not yet.
	 */
	static PostgresBinaries unpack() throws IOException {
		Path home = UserFolder.get();
		Path archive = Files.createTempFile(home, "binaries", ".txz");
		try {
			Path target = home.resolve("binaries-" + copyArchive(archive));
			if (!Files.exists(target)) {
				unpack(archive, target);
			}
			return new PostgresBinaries(target);
		}
		finally {
			Files.delete(archive);
		}
	}

	Path program(String name) {
		return this.folder.resolve("bin").resolve(isWindows() ? name + ".exe" : name);
	}

	private static String copyArchive(Path archive) throws IOException {
		MessageDigest digest = sha256();
		try (InputStream in = openArchive();
				OutputStream out = new DigestOutputStream(Files.newOutputStream(archive), digest)) {
			in.transferTo(out);
		}
		return HexFormat.of().formatHex(digest.digest(), 0, 8);
	}

	private static InputStream openArchive() {
		String name = "/postgres-%s-%s.txz".formatted(system(), architecture());
		InputStream archive = PostgresBinaries.class.getResourceAsStream(name);
		if (archive == null) {
			throw new IllegalStateException("The PostgreSQL binaries for this machine, %s, are not on the class path"
				.formatted(name.substring(1)));
		}
		return archive;
	}

	// Another process may unpack at the same time: whoever renames first wins, and nobody
	// ever sees half a folder.
	private static void unpack(Path archive, Path target) throws IOException {
		Path unfinished = Files.createTempDirectory(target.getParent(), "unpacking");
		try (TarArchiveInputStream tar = new TarArchiveInputStream(
				new XZInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
			TarArchiveEntry entry = tar.getNextEntry();
			while (entry != null) {
				unpack(tar, entry, unfinished);
				entry = tar.getNextEntry();
			}
		}
		Folders.makeReadable(unfinished);
		try {
			Files.move(unfinished, target);
		}
		catch (FileAlreadyExistsException ex) {
			Folders.delete(unfinished);
		}
	}

	private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
		Path path = root.resolve(entry.getName()).normalize();
		if (!path.startsWith(root)) {
			throw new IOException("The archive holds a path outside of itself: " + entry.getName());
		}
		if (entry.isDirectory()) {
			Files.createDirectories(path);
			return;
		}
		Files.createDirectories(path.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(tar, path);
		if ((entry.getMode() & 0b001_000_000) != 0) {
			path.toFile().setExecutable(true, false);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isWindows() {
		return osName().startsWith("windows");
	}

	private static String system() {
		String name = osName();
		return (isWindows()) ? "windows" : (name.startsWith("mac")) ? "darwin" : "linux";
	}

	private static String architecture() {
		String name = System.getProperty("os.arch");
		return (name.equals("aarch64")) ? "arm_64" : "x86_64";
	}

	private static String osName() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT);
	}

}

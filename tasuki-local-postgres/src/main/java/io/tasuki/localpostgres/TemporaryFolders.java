package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders of temporary servers.
 */
final class TemporaryFolders {

	private static final Logger logger = LoggerFactory.getLogger(TemporaryFolders.class);

	private TemporaryFolders() {
	}

	/**
	 * Creates a folder, after cleaning up behind processes that were killed before they
	 * could close theirs.
	 */
	static Path create() throws IOException {
		Path parent = Folders.createPrivate(UserFolder.get().resolve("temporary"));
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
			for (Path folder : folders) {
				cleanUp(folder);
			}
		}
		return Files.createTempDirectory(parent, "server");
	}

	private static void cleanUp(Path folder) {
		try {
			// A folder without a lock file is just being made by another process.
			if (!Files.exists(folder.resolve("lock"))) {
				return;
			}
			Optional<FolderLock> lock = FolderLock.tryLock(folder);
			if (lock.isPresent()) {
				try {
					delete(folder);
				}
				finally {
					lock.get().close();
				}
			}
		}
		catch (IOException ex) {
			logger.debug("Could not clean up {}", folder, ex);
		}
	}

	private static void delete(Path folder) throws IOException {
		Path data = folder.resolve("data");
		if (ServerProcess.find(data).isPresent()) {
			PostgresPrograms.find().stop(data, "immediate");
		}
		Folders.delete(folder);
	}

}

package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Shows that this process uses a server's folder. The operating system takes it back when
 * the process dies, however it dies; the server it leaves behind is an orphan then.
 */
final class FolderLock implements AutoCloseable {

	private final FileChannel channel;

	private FolderLock(FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Returns the lock on the folder; empty when somebody has it.
	 */
	static Optional<FolderLock> tryLock(Path folder) throws IOException {
		FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		FileLock lock = null;
		try {
			lock = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// Somebody else in this process has it.
		}
		if (lock == null) {
			channel.close();
			return Optional.empty();
		}
		return Optional.of(new FolderLock(channel));
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}

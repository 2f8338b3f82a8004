package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shows that this process uses a server's folder. The operating system takes it back when
 * the process dies, however it dies; the server it leaves behind is an orphan then.
 */
final class FolderLock implements AutoCloseable {

	// Some systems release all locks of a process on a file as soon as the process closes
	// any channel to it, so this process must not open again what it has locked.
	private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

	private final Path folder;

	private final FileChannel channel;

	private FolderLock(Path folder, FileChannel channel) {
		this.folder = folder;
		this.channel = channel;
	}

	/**
	 * Returns the lock on the folder; empty when somebody has it.
	 */
	static Optional<FolderLock> tryLock(Path folder) throws IOException {
		Path real = folder.toRealPath();
		if (!HELD_HERE.add(real)) {
			return Optional.empty();
		}
		Optional<FolderLock> lock = Optional.empty();
		try {
			lock = tryLockForProcess(real);
			return lock;
		}
		finally {
			if (lock.isEmpty()) {
				HELD_HERE.remove(real);
			}
		}
	}

	private static Optional<FolderLock> tryLockForProcess(Path folder) throws IOException {
		FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		FileLock lock = null;
		try {
			lock = channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			// Another class loader of this process has it.
		}
		finally {
			if (lock == null) {
				channel.close();
			}
		}
		return (lock != null) ? Optional.of(new FolderLock(folder, channel)) : Optional.empty();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		HELD_HERE.remove(this.folder);
	}

}

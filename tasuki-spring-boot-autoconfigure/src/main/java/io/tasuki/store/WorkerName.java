package io.tasuki.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What people call a worker. Two workers may have the same name; nothing but what people
 * read depends on it.
 *
 * @param value the name, at most 200 characters of it
 */
public record WorkerName(String value) {

	/** For a worker of which nothing is known any more. */
	public static final WorkerName UNKNOWN = new WorkerName("unknown worker");

	private static final int MAX_LENGTH = 200;

	private static final Path LINUX_HOST = Path.of("/proc/sys/kernel/hostname");

	public WorkerName {
		if (value.isBlank()) {
			throw new IllegalArgumentException("Name of a worker must not be blank");
		}
		value = (value.length() > MAX_LENGTH) ? value.substring(0, MAX_LENGTH) : value;
	}

	/**
	 * Returns the name of a worker for which nobody chose one: host and process.
	 */
	public static WorkerName ofThisProcess() {
		return new WorkerName("%s (pid %d)".formatted(thisHost(), ProcessHandle.current().pid()));
	}

	/**
	 * Returns the name of the machine or container that this process runs on.
	 */
	public static String thisHost() {
		try {
			// Asking for the local address can wait for a name server, so it comes
			// second.
			return (Files.isReadable(LINUX_HOST)) ? Files.readString(LINUX_HOST).strip()
					: InetAddress.getLocalHost().getHostName();
		}
		catch (IOException ex) {
			return "unknown host";
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}

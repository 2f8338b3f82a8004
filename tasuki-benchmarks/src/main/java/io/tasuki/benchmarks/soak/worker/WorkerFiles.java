package io.tasuki.benchmarks.soak.worker;

import java.nio.file.Path;

/**
 * The files of one worker process, below its folder.
 */
public final class WorkerFiles {

	private WorkerFiles() {
	}

	/**
	 * Returns where its handlers write what they do.
	 */
	public static Path runs(Path folder) {
		return folder.resolve("runs");
	}

	/**
	 * Returns where it writes what it claims.
	 */
	public static Path claims(Path folder) {
		return folder.resolve("claims");
	}

	/**
	 * Returns what exists once the process works.
	 */
	public static Path ready(Path folder) {
		return folder.resolve("ready");
	}

	/**
	 * Returns where the process logs.
	 */
	public static Path log(Path folder) {
		return folder.resolve("log");
	}

}

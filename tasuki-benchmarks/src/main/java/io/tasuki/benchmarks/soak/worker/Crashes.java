package io.tasuki.benchmarks.soak.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;

import org.springframework.stereotype.Component;

/**
 * Counts the starts of a job over all processes, which the job's own attempts do not: one
 * that took its process down is repeated.
 */
@Component
class Crashes {

	private final WorkerSettings settings;

	Crashes(WorkerSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the number of this start, from 1.
	 */
	int next(long number) {
		for (int start = 1;; start++) {
			if (isFirst(number + "-" + start)) {
				return start;
			}
		}
	}

	private boolean isFirst(String name) {
		try {
			Files.createFile(this.settings.crashes().resolve(name));
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

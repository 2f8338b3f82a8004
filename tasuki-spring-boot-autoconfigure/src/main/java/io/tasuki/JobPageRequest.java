package io.tasuki;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a long answer is asked for.
 *
 * @param size most jobs in it, from 1 to {@value #MAX_SIZE}
 * @param after the {@link JobPage#next()} of the page before; {@code null} for the first
 * page
 */
public record JobPageRequest(int size, @Nullable String after) {

	/** Most jobs that one page has. */
	public static final int MAX_SIZE = 1_000;

	public JobPageRequest {
		if (size < 1 || size > MAX_SIZE) {
			throw new IllegalArgumentException("A page has from 1 to %d jobs, not %d".formatted(MAX_SIZE, size));
		}
	}

	/**
	 * Returns a request for the first page.
	 * @param size most jobs in it, from 1 to {@value #MAX_SIZE}
	 */
	public static JobPageRequest ofSize(int size) {
		return new JobPageRequest(size, null);
	}

	/**
	 * Returns a request for the page behind another.
	 * @param next the {@link JobPage#next()} of that page; {@code null} begins again
	 */
	public JobPageRequest after(@Nullable String next) {
		return new JobPageRequest(this.size, next);
	}

}

package io.tasuki;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Part of an answer that may be long.
 *
 * @param <T> what is said of each job
 * @param items the jobs; fewer than were asked for, or none, where few of those that were
 * looked at match the filter
 * @param next where the next page begins, for {@link JobPageRequest#after}; {@code null}
 * when this is the last one
 */
public record JobPage<T>(List<T> items, @Nullable String next) {

	public JobPage {
		items = List.copyOf(items);
	}

	/**
	 * Returns whether there may be more.
	 */
	public boolean hasNext() {
		return this.next != null;
	}

}

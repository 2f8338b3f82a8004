package io.tasuki.store;

import java.util.Map;

import io.tasuki.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What became of one page of dead jobs.
 *
 * @param deleted how many are deleted
 * @param refused those that the database does not let go, and what it says to that
 * @param next where the next page begins: behind the last of this one, by time of death
 * and id; {@code null} if this was the last page
 */
public record Pruned(int deleted, Map<JobId, String> refused, @Nullable Position next) {

}

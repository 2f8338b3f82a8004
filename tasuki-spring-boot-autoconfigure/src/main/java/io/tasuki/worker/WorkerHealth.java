package io.tasuki.worker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a worker is doing.
 *
 * @param running whether it was started and not stopped
 * @param databaseReachable whether its latest statements reached the database
 * @param sinceLastContact time since a statement last succeeded; {@code null} if none has
 * @param lastError what the latest failed statement said; {@code null} when the latest
 * succeeded
 * @param listening whether wake-ups of other instances arrive; where they do not, polling
 * finds their jobs
 * @param archiving whether finished jobs reach the archive as configured
 * @param stuckSlots slots whose attempt is over or no longer this worker's, but whose
 * thread goes on: no other job runs there meanwhile
 */
public record WorkerHealth(boolean running, boolean databaseReachable, @Nullable Duration sinceLastContact,
		@Nullable String lastError, boolean listening, boolean archiving, int stuckSlots) {

}

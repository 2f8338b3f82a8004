package io.tasuki.store;

import org.jspecify.annotations.Nullable;

/**
 * What a handler last reported.
 *
 * @param lease the job's lease
 * @param percent from 0 to 100
 * @param note a few words; {@code null} for none
 */
public record ProgressReport(Lease lease, int percent, @Nullable String note) {

}

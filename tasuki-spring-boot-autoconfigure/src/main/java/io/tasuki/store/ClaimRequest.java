package io.tasuki.store;

import java.time.Duration;
import java.util.List;

/**
 * What to claim in one statement.
 *
 * @param lines lines in the order in which they are served
 * @param limit most jobs to take over all lines
 * @param leaseDuration how long the leases last, from now by the database's clock
 * @param takeOver whether to take expired leases and suspects as well; never a lease of
 * the current owner, and not while the server has run for less than a third of a lease
 */
public record ClaimRequest(List<LineClaim> lines, int limit, Duration leaseDuration, boolean takeOver) {

}

package io.tasuki.store;

import java.util.Set;

/**
 * What a heartbeat found.
 *
 * @param renewed leases that now last a full lease duration again
 * @param lost leases that another worker has taken over, or whose job is gone; a lease in
 * neither set is still held but its row was locked by somebody
 * @param cancelRequested those of the renewed whose job somebody has cancelled
 */
public record Renewal(Set<Lease> renewed, Set<Lease> lost, Set<Lease> cancelRequested) {

}

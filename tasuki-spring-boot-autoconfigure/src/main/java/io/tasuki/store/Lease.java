package io.tasuki.store;

import io.tasuki.JobId;

/**
 * The right to run a job, and the fence: every write of a worker repeats all three, so a
 * worker whose lease was taken over changes nothing.
 *
 * @param id the job
 * @param leaseNo grows with every claim of the job and never shrinks
 * @param owner random number of the claiming connection, which tells two claims with the
 * same number apart when a server crash lost the first of them
 */
public record Lease(JobId id, int leaseNo, long owner) {

}

package io.tasuki.histories;

import io.tasuki.JobId;
import io.tasuki.store.Lease;

/**
 * A lease that was granted earlier in the history, or one made up from it.
 *
 * @param job number of the job in the history
 * @param leaseNo lease number under which it was granted
 * @param forgery what was made up
 */
record LeaseName(int job, int leaseNo, Forgery forgery) {

	enum Forgery {

		NONE, OTHER_OWNER, NEXT_NUMBER, NUMBER_BEFORE, OTHER_JOB;

		Lease apply(Lease lease) {
			return switch (this) {
				case NONE -> lease;
				case OTHER_OWNER -> new Lease(lease.id(), lease.leaseNo(), lease.owner() + 1);
				case NEXT_NUMBER -> new Lease(lease.id(), lease.leaseNo() + 1, lease.owner());
				case NUMBER_BEFORE -> new Lease(lease.id(), lease.leaseNo() - 1, lease.owner());
				case OTHER_JOB -> new Lease(new JobId(lease.id().value() + 1), lease.leaseNo(), lease.owner());
			};
		}

	}

}

package io.tasuki.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What became of a group of completions: each lease is in one of the three sets.
 *
 * @param written leases whose outcome is now recorded
 * @param locked leases still held, whose row somebody has locked or the server refuses to
 * change: try again
 * @param absent leases that are no longer held: lost, or already written by a commit
 * whose answer was lost
 * @param returned for those written that became available again, where they stand
 * @param cancelled those of the written whose job ended as cancelled instead, because
 * somebody had asked for that
 * @param archived whether finished jobs were archived as configured; {@code false} when
 * they were completed without archive rows because the archive could not take them
 */
public record Completed(Set<Lease> written, Set<Lease> locked, Set<Lease> absent, Map<Lease, Returned> returned,
		Set<Lease> cancelled, boolean archived) {

	/**
	 * Returns what became of this group and another one together.
	 */
	public Completed and(Completed other) {
		Map<Lease, Returned> returned = new HashMap<>(this.returned);
		returned.putAll(other.returned);
		return new Completed(union(this.written, other.written), union(this.locked, other.locked),
				union(this.absent, other.absent), returned, union(this.cancelled, other.cancelled),
				this.archived && other.archived);
	}

	/**
	 * Returns what became of this group after some of it was absent and tried again.
	 */
	public Completed insteadOf(Set<Lease> absent, Completed again) {
		Set<Lease> left = new HashSet<>(this.absent);
		left.removeAll(absent);
		return new Completed(this.written, this.locked, left, this.returned, this.cancelled, this.archived).and(again);
	}

	private static Set<Lease> union(Set<Lease> one, Set<Lease> two) {
		Set<Lease> union = new HashSet<>(one);
		union.addAll(two);
		return union;
	}

	/**
	 * Where a job that became available again stands.
	 *
	 * @param position its place in the run order
	 * @param dueIn how long until it is due, zero when at once
	 */
	public record Returned(Position position, Duration dueIn) {
	}

}

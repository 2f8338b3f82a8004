package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Position;
import io.tasuki.worker.ClaimPlan.Share;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@link ClaimPlan}: asks the store, moves the cursors on and hands the
 * jobs to their slots. For the poller's thread.
 */
final class Claimer {

	private final LeaseStore leases;

	private final HandlerRegistry handlers;

	private final Lines lines;

	private final HeldJobs held;

	private final Consumer<List<HeldJob>> slots;

	private final Duration leaseDuration;

	private final Consumer<HeldJob> stopped;

	/**
	 * Creates a claimer.
	 * @param stopped is told of running jobs that were stopped because their lease is
	 * gone
	 */
	Claimer(LeaseStore leases, HandlerRegistry handlers, Lines lines, HeldJobs held, Consumer<List<HeldJob>> slots,
			Duration leaseDuration, Consumer<HeldJob> stopped) {
		this.leases = leases;
		this.handlers = handlers;
		this.lines = lines;
		this.held = held;
		this.slots = slots;
		this.leaseDuration = leaseDuration;
		this.stopped = stopped;
	}

	/**
	 * Claims ahead of the cursors.
	 */
	void claimAhead(ClaimPlan plan) {
		Map<LineCursor, List<HeldJob>> claimed = claim(plan, false, (share) -> share.cursor().ahead());
		boolean all = filled(plan, claimed);
		for (Share share : plan.shares()) {
			List<HeldJob> jobs = claimed.getOrDefault(share.cursor(), List.of());
			share.cursor().claimedAhead(jobs, all || jobs.size() >= share.limit());
		}
	}

	/**
	 * Takes a step of a sweep.
	 * @return the number of jobs it brought
	 */
	int sweep(ClaimPlan plan, boolean takeOver) {
		Map<LineCursor, List<HeldJob>> claimed = claim(plan, takeOver, (share) -> share.cursor().sweep());
		boolean all = filled(plan, claimed);
		int found = 0;
		for (Share share : plan.shares()) {
			List<HeldJob> jobs = claimed.getOrDefault(share.cursor(), List.of());
			share.cursor().swept(jobs, all || jobs.size() >= share.limit());
			found += jobs.size();
		}
		return found;
	}

	private static boolean filled(ClaimPlan plan, Map<LineCursor, List<HeldJob>> claimed) {
		return claimed.values().stream().mapToInt(List::size).sum() >= plan.limit();
	}

	private Map<LineCursor, List<HeldJob>> claim(ClaimPlan plan, boolean takeOver, Cursors cursors) {
		List<LineClaim> claims = new ArrayList<>(plan.shares().size());
		for (Share share : plan.shares()) {
			Line line = share.cursor().line();
			claims.add(new LineClaim(line.queue(), line.kinds(), share.limit(), cursors.of(share)));
		}
		long before = System.nanoTime();
		List<ClaimedJob> claimed = this.leases
			.claim(new ClaimRequest(claims, plan.limit(), this.leaseDuration, takeOver));
		return hold(claimed, before);
	}

	private Map<LineCursor, List<HeldJob>> hold(List<ClaimedJob> claimed, long leasedAt) {
		Map<LineCursor, List<HeldJob>> byLine = new HashMap<>();
		List<HeldJob> fresh = new ArrayList<>(claimed.size());
		for (ClaimedJob job : claimed) {
			LineCursor cursor = this.lines.of(job.job().queue(), job.job().kind());
			HeldJob held = new HeldJob(job, this.handlers.find(job.job().kind()).orElseThrow(), cursor.line(),
					leasedAt);
			byLine.computeIfAbsent(cursor, (line) -> new ArrayList<>()).add(held);
			if (!adopted(job, leasedAt)) {
				this.held.add(held);
				fresh.add(held);
			}
		}
		if (!fresh.isEmpty()) {
			this.lines.served(byLine.keySet());
			this.slots.accept(fresh);
		}
		return byLine;
	}

	/**
	 * Sees to a job that this worker holds already, under a lease the database no longer
	 * knows: if it runs, it goes on under the new lease; else the new holding takes its
	 * place.
	 */
	private boolean adopted(ClaimedJob job, long leasedAt) {
		@Nullable HeldJob before = this.held.find(job.job().id().value());
		if (before == null) {
			return false;
		}
		if (before.adopt(job, leasedAt)) {
			return true;
		}
		if (before.lose()) {
			this.stopped.accept(before);
		}
		return false;
	}

	/** Tells which of a line's cursors a claim starts from. */
	private interface Cursors {

		List<Position> of(Share share);

	}

}

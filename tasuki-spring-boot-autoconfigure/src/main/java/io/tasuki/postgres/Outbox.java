package io.tasuki.postgres;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.tasuki.JobId;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WakeUpBuffer;

/**
 * What is to be told to other instances: merged and kept, or "all" when it becomes too
 * much. For one thread at a time.
 */
final class Outbox {

	// Far more than fit into one notification.
	private static final int MAX_PLACES = 500;

	private static final int MAX_CANCEL_REQUESTS = 1_000;

	private static final int MAX_OFFERED = 32;

	private final WakeUpBuffer wakeUps = new WakeUpBuffer();

	private final Map<JobId, WakeUp> offered = new HashMap<>();

	private final Set<JobId> cancelRequests = new LinkedHashSet<>();

	private boolean all;

	void add(Collection<WakeUp> wakeUps) {
		if (!this.all) {
			this.wakeUps.addAll(wakeUps);
			shorten();
		}
	}

	/**
	 * Adds due jobs that this process itself may yet take. Too many of them are as good
	 * as taken by nobody.
	 */
	void addOffered(Collection<WakeUp> wakeUps) {
		if (this.offered.size() + wakeUps.size() > MAX_OFFERED) {
			add(this.offered.values());
			this.offered.clear();
			add(wakeUps);
		}
		else {
			wakeUps.forEach((wakeUp) -> this.offered.put(new JobId(wakeUp.position().id()), wakeUp));
		}
	}

	/**
	 * Forgets jobs that this process has taken.
	 */
	void taken(Stream<JobId> jobs) {
		jobs.forEach(this.offered::remove);
	}

	/**
	 * Returns whether there is nothing to tell but what this process may yet take.
	 */
	boolean isOfferedOnly() {
		return !this.offered.isEmpty() && !this.all && this.wakeUps.isEmpty() && this.cancelRequests.isEmpty();
	}

	boolean hasOffered() {
		return !this.offered.isEmpty();
	}

	void addCancelRequests(Collection<JobId> jobs) {
		if (!this.all) {
			this.cancelRequests.addAll(jobs);
			shorten();
		}
	}

	/**
	 * Adds that there may be work anywhere, and that anything may have changed.
	 */
	void addEverything() {
		this.all = true;
		shorten();
	}

	/**
	 * Takes over what another one holds.
	 */
	void addAll(Outbox other) {
		this.all |= other.all;
		add(other.wakeUps.wakeUps());
		add(other.offered.values());
		addCancelRequests(other.cancelRequests);
		shorten();
	}

	private void shorten() {
		this.all |= this.wakeUps.size() > MAX_PLACES || this.cancelRequests.size() > MAX_CANCEL_REQUESTS;
		if (this.all) {
			this.wakeUps.clear();
			this.cancelRequests.clear();
		}
	}

	boolean isEmpty() {
		return !this.all && this.wakeUps.isEmpty() && this.cancelRequests.isEmpty() && this.offered.isEmpty();
	}

	/**
	 * Returns the text of a notification that tells all of it, as of now.
	 */
	String text(String sender) {
		add(this.offered.values());
		this.offered.clear();
		return (this.all) ? WakeUpText.encodeAll(sender)
				: WakeUpText.encode(sender, this.wakeUps.wakeUps(), List.copyOf(this.cancelRequests));
	}

}

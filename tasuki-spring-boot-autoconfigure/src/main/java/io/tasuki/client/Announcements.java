package io.tasuki.client;

import java.util.Collection;
import java.util.List;

import io.tasuki.JobId;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WakeUpBuffer;

/**
 * Tells workers what was done, once it can be seen: after the commit of the transaction
 * that was joined, else at once.
 */
final class Announcements {

	private final AfterCommit afterCommit;

	private final JobNotifications notifications;

	Announcements(AfterCommit afterCommit, JobNotifications notifications) {
		this.afterCommit = afterCommit;
		this.notifications = notifications;
	}

	void wake(Collection<WakeUp> wakeUps, boolean joined) {
		List<WakeUp> merged = WakeUpBuffer.merge(wakeUps);
		if (merged.isEmpty()) {
			return;
		}
		if (joined) {
			this.afterCommit.send(merged);
		}
		else {
			this.notifications.send(merged);
		}
	}

	void all(boolean joined) {
		if (joined) {
			this.afterCommit.sendAll();
		}
		else {
			this.notifications.sendAll();
		}
	}

	void cancelRequests(List<JobId> jobs, boolean joined) {
		if (jobs.isEmpty()) {
			return;
		}
		if (joined) {
			this.afterCommit.sendCancelRequests(jobs);
		}
		else {
			this.notifications.sendCancelRequests(jobs);
		}
	}

}

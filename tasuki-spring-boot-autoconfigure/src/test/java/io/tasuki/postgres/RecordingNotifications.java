package io.tasuki.postgres;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.JobId;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;

/** Remembers what was sent, one list per call. */
final class RecordingNotifications implements JobNotifications {

	final List<List<WakeUp>> sent = new CopyOnWriteArrayList<>();

	final List<JobId> cancelRequests = new CopyOnWriteArrayList<>();

	@Override
	public void send(Collection<WakeUp> wakeUps) {
		this.sent.add(List.copyOf(wakeUps));
	}

	@Override
	public void sendCancelRequests(Collection<JobId> jobs) {
		this.cancelRequests.addAll(jobs);
	}

	@Override
	public Subscription subscribe(Receiver receiver) {
		throw new UnsupportedOperationException();
	}

}

package io.tasuki.postgres;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.JobId;
import io.tasuki.store.JobNotifications.Receiver;
import io.tasuki.store.WakeUp;

/** Remembers what it was told. */
final class RecordingReceiver implements Receiver {

	final List<WakeUp> wakeUps = new CopyOnWriteArrayList<>();

	final List<JobId> cancelRequests = new CopyOnWriteArrayList<>();

	final AtomicInteger calls = new AtomicInteger();

	final AtomicInteger alls = new AtomicInteger();

	@Override
	public void wake(Collection<WakeUp> wakeUps) {
		this.calls.incrementAndGet();
		this.wakeUps.addAll(wakeUps);
	}

	@Override
	public void cancelRequested(Collection<JobId> jobs) {
		this.cancelRequests.addAll(jobs);
	}

	@Override
	public void wakeAll() {
		this.alls.incrementAndGet();
	}

}

package io.tasuki.lifecycle;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.tasuki.JobId;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;

/** Carries nothing between workers, except what a test delivers by hand. */
final class SilentNotifications implements JobNotifications {

	final List<WakeUp> sent = new CopyOnWriteArrayList<>();

	final List<JobId> taken = new CopyOnWriteArrayList<>();

	volatile boolean connected = true;

	private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

	@Override
	public void send(Collection<WakeUp> wakeUps) {
		this.sent.addAll(wakeUps);
	}

	@Override
	public void sendCancelRequests(Collection<JobId> jobs) {
	}

	@Override
	public Subscription subscribe(Receiver receiver) {
		this.receivers.add(receiver);
		return new Subscription() {

			@Override
			public boolean connected() {
				return SilentNotifications.this.connected;
			}

			@Override
			public void taken(Stream<JobId> jobs) {
				SilentNotifications.this.taken.addAll(jobs.toList());
			}

			@Override
			public void close() {
				SilentNotifications.this.receivers.remove(receiver);
			}

		};
	}

	/** Returns notifications that deliver what is sent. */
	JobNotifications local() {
		return new JobNotifications() {

			@Override
			public void send(Collection<WakeUp> wakeUps) {
				SilentNotifications.this.receivers.forEach((receiver) -> receiver.wake(wakeUps));
			}

			@Override
			public void sendCancelRequests(Collection<JobId> jobs) {
				SilentNotifications.this.receivers.forEach((receiver) -> receiver.cancelRequested(jobs));
			}

			@Override
			public Subscription subscribe(Receiver receiver) {
				return SilentNotifications.this.subscribe(receiver);
			}

		};
	}

	void deliver(WakeUp... wakeUps) {
		this.receivers.forEach((receiver) -> receiver.wake(List.of(wakeUps)));
	}

	void deliverAll() {
		this.receivers.forEach(Receiver::wakeAll);
	}

}

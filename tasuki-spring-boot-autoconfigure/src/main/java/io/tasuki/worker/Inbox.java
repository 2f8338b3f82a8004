package io.tasuki.worker;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WakeUpBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Wake-ups and cancel requests on their way to the poller: merged, so that any number of
 * wake-ups takes no more room than there are places to look, and cancel requests no more
 * than a thousand. Any thread puts in, the poller takes out.
 */
final class Inbox implements JobNotifications.Receiver {

	private static final int MOST_CANCEL_REQUESTS = 1_000;

	private final Signal signal;

	private final WakeUpBuffer wakeUps = new WakeUpBuffer();

	private final Set<JobId> cancelRequests = new HashSet<>();

	private boolean all;

	private volatile boolean empty = true;

	Inbox(Signal signal) {
		this.signal = signal;
	}

	@Override
	public void wake(Collection<WakeUp> wakeUps) {
		synchronized (this) {
			this.wakeUps.addAll(wakeUps);
			this.empty = false;
		}
		this.signal.give();
	}

	@Override
	public void cancelRequested(Collection<JobId> jobs) {
		synchronized (this) {
			this.cancelRequests.addAll(jobs);
			if (this.cancelRequests.size() > MOST_CANCEL_REQUESTS) {
				this.cancelRequests.clear();
				this.all = true;
			}
			this.empty = false;
		}
		this.signal.give();
	}

	@Override
	public void wakeAll() {
		synchronized (this) {
			this.all = true;
			this.empty = false;
		}
		this.signal.give();
	}

	/**
	 * Takes out everything; {@code null} when there is nothing.
	 */
	@Nullable Contents take() {
		if (this.empty) {
			return null;
		}
		synchronized (this) {
			Contents contents = new Contents(this.wakeUps.drain(), Set.copyOf(this.cancelRequests), this.all);
			this.cancelRequests.clear();
			this.all = false;
			this.empty = true;
			return contents;
		}
	}

	/**
	 * What has come in.
	 *
	 * @param wakeUps where there is work, merged
	 * @param cancelRequests jobs that somebody may have cancelled
	 * @param all whether there may be work anywhere, and any job may have been cancelled
	 */
	record Contents(List<WakeUp> wakeUps, Set<JobId> cancelRequests, boolean all) {

	}

}

package io.tasuki.worker;

import java.util.Collection;
import java.util.List;

import io.tasuki.store.JobNotifications;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WakeUpBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Wake-ups on their way to the poller: merged, so that any number of them takes no more
 * room than there are places to look. Any thread puts in, the poller takes out.
 */
final class Inbox implements JobNotifications.Receiver {

	private final Signal signal;

	private final WakeUpBuffer wakeUps = new WakeUpBuffer();

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
			Contents contents = new Contents(this.wakeUps.drain(), this.all);
			this.all = false;
			this.empty = true;
			return contents;
		}
	}

	/**
	 * What has come in.
	 *
	 * @param wakeUps where there is work, merged
	 * @param all whether there may be work anywhere
	 */
	record Contents(List<WakeUp> wakeUps, boolean all) {

	}

}

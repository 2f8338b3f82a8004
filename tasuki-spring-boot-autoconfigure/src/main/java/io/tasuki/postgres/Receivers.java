package io.tasuki.postgres;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

import io.tasuki.JobId;
import io.tasuki.store.JobNotifications.Receiver;
import io.tasuki.store.WakeUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those in this process who want to be told. None of them can hinder the others. */
final class Receivers {

	private static final Logger log = LoggerFactory.getLogger(Receivers.class);

	private final List<Link> links = new CopyOnWriteArrayList<>();

	Link add(Receiver receiver) {
		Link link = new Link(receiver);
		this.links.add(link);
		return link;
	}

	/**
	 * Removes a receiver, once a delivery under way is over.
	 */
	void remove(Link link) {
		this.links.remove(link);
		link.close();
	}

	boolean isEmpty() {
		return this.links.isEmpty();
	}

	void wake(Collection<WakeUp> wakeUps) {
		this.links.forEach((link) -> link.deliver((receiver) -> receiver.wake(wakeUps)));
	}

	void cancelRequested(Collection<JobId> jobs) {
		this.links.forEach((link) -> link.deliver((receiver) -> receiver.cancelRequested(jobs)));
	}

	void wakeAll() {
		this.links.forEach((link) -> link.deliver(Receiver::wakeAll));
	}

	/**
	 * A receiver until it is removed. Many may deliver at once; closing excludes them.
	 */
	static final class Link {

		private final Receiver receiver;

		private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

		private volatile boolean closed;

		private Link(Receiver receiver) {
			this.receiver = receiver;
		}

		private void deliver(Consumer<Receiver> delivery) {
			this.lock.readLock().lock();
			try {
				if (!this.closed) {
					delivery.accept(this.receiver);
				}
			}
			catch (RuntimeException | Error ex) {
				log.warn("A receiver of wake-ups failed; polling will find the jobs", ex);
			}
			finally {
				this.lock.readLock().unlock();
			}
		}

		private void close() {
			this.closed = true;
			if (this.lock.getReadHoldCount() == 0) {
				this.lock.writeLock().lock();
				this.lock.writeLock().unlock();
			}
		}

	}

}

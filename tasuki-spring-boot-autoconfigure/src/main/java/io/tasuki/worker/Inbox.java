package io.tasuki.worker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.tasuki.store.JobNotifications;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
import org.jspecify.annotations.Nullable;

/**
 * Wake-ups on their way to the poller: merged per queue and priority, so that any number
 * of them takes no more room than there are places to look. Any thread puts in, the
 * poller takes out.
 */
final class Inbox implements JobNotifications.Receiver {

	private final Signal signal;

	private Map<Place, Word> words = new HashMap<>();

	private boolean all;

	private volatile boolean empty = true;

	Inbox(Signal signal) {
		this.signal = signal;
	}

	@Override
	public void wake(Collection<WakeUp> wakeUps) {
		long now = System.nanoTime();
		synchronized (this) {
			for (WakeUp wakeUp : wakeUps) {
				Place place = new Place(wakeUp.queue(), wakeUp.priority());
				this.words.merge(place, Word.of(wakeUp, now), Word::and);
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
			Contents contents = new Contents(this.words, this.all);
			this.words = new HashMap<>();
			this.all = false;
			this.empty = true;
			return contents;
		}
	}

	/**
	 * What has come in.
	 *
	 * @param words one word per place
	 * @param all whether there may be work anywhere
	 */
	record Contents(Map<Place, Word> words, boolean all) {

	}

	/**
	 * A queue and a priority.
	 */
	record Place(String queue, int priority) {

	}

	/**
	 * What there is in one place.
	 *
	 * @param oldest position of the first due job; {@code null} if none is due
	 * @param nextDue {@link System#nanoTime()} at which the next job becomes due;
	 * {@code null} if none lies ahead
	 */
	record Word(@Nullable Position oldest, @Nullable Long nextDue) {

		static Word of(WakeUp wakeUp, long now) {
			boolean due = wakeUp.dueIn().isZero() || wakeUp.dueIn().isNegative();
			return due ? new Word(wakeUp.position(), null) : new Word(null, DueTimes.after(now, wakeUp.dueIn()));
		}

		Word and(Word other) {
			return new Word(earlier(this.oldest, other.oldest), earlier(this.nextDue, other.nextDue));
		}

		private static <T extends Comparable<T>> @Nullable T earlier(@Nullable T one, @Nullable T two) {
			if (one == null || two == null) {
				return (one != null) ? one : two;
			}
			return (one.compareTo(two) <= 0) ? one : two;
		}

	}

}

package io.tasuki.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Collects wake-ups and keeps of each queue and priority at most two: the oldest place
 * where a job is due, and the soonest of the jobs that lie ahead. Time goes on while they
 * wait here: what comes out is due so much sooner. For one thread at a time.
 */
public final class WakeUpBuffer {

	private static final long SOON_NANOS = 1_000;

	private final Map<Place, Entry> entries = new LinkedHashMap<>();

	private final LongSupplier nanoTime;

	public WakeUpBuffer() {
		this(System::nanoTime);
	}

	WakeUpBuffer(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Returns these wake-ups without those that say nothing beside the others.
	 */
	public static List<WakeUp> merge(Collection<WakeUp> wakeUps) {
		if (wakeUps.size() < 2) {
			return List.copyOf(wakeUps);
		}
		long now = System.nanoTime();
		WakeUpBuffer buffer = new WakeUpBuffer(() -> now);
		buffer.addAll(wakeUps);
		return buffer.drain();
	}

	/**
	 * Adds wake-ups as of now.
	 */
	public void addAll(Collection<WakeUp> wakeUps) {
		long now = this.nanoTime.getAsLong();
		wakeUps.forEach((wakeUp) -> this.entries
			.computeIfAbsent(new Place(wakeUp.queue(), wakeUp.priority()), (place) -> new Entry())
			.add(wakeUp, now));
	}

	/**
	 * Takes everything out, as of now.
	 */
	public List<WakeUp> drain() {
		List<WakeUp> drained = wakeUps();
		this.entries.clear();
		return drained;
	}

	/**
	 * Returns what is in here, as of now, and keeps it.
	 */
	public List<WakeUp> wakeUps() {
		long now = this.nanoTime.getAsLong();
		List<WakeUp> wakeUps = new ArrayList<>();
		this.entries.forEach((place, entry) -> entry.addTo(wakeUps, place, now));
		return wakeUps;
	}

	/**
	 * Throws everything away.
	 */
	public void clear() {
		this.entries.clear();
	}

	public boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/**
	 * Returns the number of pairs of queue and priority.
	 */
	public int size() {
		return this.entries.size();
	}

	private record Place(String queue, int priority) {
	}

	private static final class Entry {

		private @Nullable Position due;

		private boolean single;

		private @Nullable Position ahead;

		private long aheadAtNanos;

		void add(WakeUp wakeUp, long now) {
			if (wakeUp.due()) {
				this.single = this.due == null && wakeUp.single();
				this.due = older(this.due, wakeUp.position());
				return;
			}
			long atNanos = now + saturatedNanos(wakeUp.dueIn());
			if (this.ahead == null || atNanos - this.aheadAtNanos < 0) {
				this.ahead = wakeUp.position();
				this.aheadAtNanos = atNanos;
			}
		}

		void addTo(List<WakeUp> wakeUps, Place place, long now) {
			Position dueByNow = this.due;
			boolean becameDue = this.ahead != null && this.aheadAtNanos - now <= 0;
			if (this.ahead != null && becameDue) {
				dueByNow = older(dueByNow, this.ahead);
			}
			if (dueByNow != null) {
				wakeUps.add(new WakeUp(place.queue(), place.priority(), dueByNow, Duration.ZERO,
						this.single && !becameDue));
			}
			if (this.ahead != null) {
				// One that became due is still told as ahead, if only just: it hid those
				// behind
				// it, and whoever meets its time asks for the next.
				long dueIn = Math.max(this.aheadAtNanos - now, SOON_NANOS);
				wakeUps.add(new WakeUp(place.queue(), place.priority(), this.ahead, Duration.ofNanos(dueIn)));
			}
		}

		private static Position older(@Nullable Position one, Position other) {
			return (one != null && one.compareTo(other) < 0) ? one : other;
		}

		// Half the range, so that differences of two such moments do not overflow.
		private static long saturatedNanos(Duration duration) {
			return (duration.getSeconds() < Long.MAX_VALUE / 2_000_000_000L) ? duration.toNanos() : Long.MAX_VALUE / 2;
		}

	}

}

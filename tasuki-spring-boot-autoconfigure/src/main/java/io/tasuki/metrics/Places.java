package io.tasuki.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

/**
 * The meters of each place, which is a kind in a queue. The first so many places have
 * meters of their own, all others share some, however many kinds and queues an
 * application makes up. To find those of a known place takes two look-ups, no lock and no
 * allocation: a registry builds a meter's identity anew each time, which is dear for a
 * job of microseconds.
 *
 * @param <M> meters of one place
 */
final class Places<M> {

	/** Most places that have meters of their own. */
	static final int MOST = 1_000;

	/** Stands for the kind and for the queue of all other places. */
	static final String OTHER = "other";

	private final BiFunction<String, String, M> creation;

	private final Map<String, Map<String, M>> byQueueAndKind = new ConcurrentHashMap<>();

	private int count;

	private volatile @Nullable M others;

	/**
	 * Creates places without meters.
	 * @param creation makes those of a kind and a queue
	 */
	Places(BiFunction<String, String, M> creation) {
		this.creation = creation;
	}

	M find(String kind, String queue) {
		Map<String, M> byKind = this.byQueueAndKind.get(queue);
		M known = (byKind != null) ? byKind.get(kind) : null;
		if (known != null) {
			return known;
		}
		M others = this.others;
		return (others != null) ? others : create(kind, queue);
	}

	private synchronized M create(String kind, String queue) {
		if (this.count >= MOST) {
			M others = this.others;
			if (others == null) {
				others = this.creation.apply(OTHER, OTHER);
				this.others = others;
			}
			return others;
		}
		return this.byQueueAndKind.computeIfAbsent(queue, (name) -> new ConcurrentHashMap<>())
			.computeIfAbsent(kind, (name) -> {
				M created = this.creation.apply(kind, queue);
				this.count++;
				return created;
			});
	}

}

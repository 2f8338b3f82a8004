package io.tasuki.histories;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays histories, one after the other, until there are enough or one fails. */
final class Player implements Callable<Integer> {

	/** The table's files keep what was deleted until somebody sweeps them. */
	private static final int HISTORIES_BETWEEN_SWEEPS = 100;

	private final TestedQueue queue;

	private final AtomicInteger next;

	private final int histories;

	private final long firstSeed;

	private final Tally tally;

	/**
	 * Creates a player.
	 * @param next number of the next history, shared by all players
	 * @param histories how many there are to be
	 */
	Player(TestedQueue queue, AtomicInteger next, int histories, long firstSeed, Tally tally) {
		this.queue = queue;
		this.next = next;
		this.histories = histories;
		this.firstSeed = firstSeed;
		this.tally = tally;
	}

	@Override
	public Integer call() {
		int played = 0;
		for (int number = this.next.getAndIncrement(); number < this.histories; number = this.next.getAndIncrement()) {
			if (played++ % HISTORIES_BETWEEN_SWEEPS == 0) {
				this.queue.sweepOut();
			}
			History history = History.random(this.firstSeed + number, this.queue, this.tally);
			if (history.failed()) {
				this.next.set(this.histories);
				throw failure(history, number);
			}
		}
		return played;
	}

	private AssertionError failure(History history, int number) {
		long seed = this.firstSeed + number;
		History shortest = Shortener.shorten(history, this.queue);
		return new AssertionError("""
				After %d histories the store and the model differ at step %d of the history of seed %d, which \
				-Dtasuki.histories=1 -Dtasuki.histories.seed=%d plays again. Shortened to %d steps:
				%s""".formatted(number, history.steps().size(), seed, seed, shortest.steps().size(),
				shortest.describe()), shortest.failure());
	}

}

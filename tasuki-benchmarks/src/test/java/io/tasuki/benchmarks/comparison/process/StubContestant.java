package io.tasuki.benchmarks.comparison.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.benchmarks.comparison.contestant.Ledger;
import org.jspecify.annotations.Nullable;

/** Runs each job as it is enqueued, or keeps it. */
class StubContestant implements Contestant {

	final List<Integer> enqueued = new CopyOnWriteArrayList<>();

	final List<Integer> batches = new CopyOnWriteArrayList<>();

	private volatile @Nullable Ledger ledger;

	@Override
	public void createTables() {
	}

	@Override
	public void preload(int first, int count, int payloadBytes) {
		enqueueAll(first, count);
	}

	@Override
	public void enqueue(int number) {
		enqueueAll(number, 1);
	}

	@Override
	public void enqueueAll(int first, int count) {
		this.batches.add(count);
		for (int number = first; number < first + count; number++) {
			this.enqueued.add(number);
			Ledger ledger = this.ledger;
			if (ledger != null) {
				ledger.ran(number);
			}
		}
	}

	@Override
	public void startWorking(Ledger ledger) {
		this.ledger = ledger;
	}

	@Override
	public void stopWorking() {
		this.ledger = null;
	}

	@Override
	public long unfinished() {
		return 0;
	}

	@Override
	public void close() {
	}

}

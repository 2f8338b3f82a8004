package io.tasuki.benchmarks.comparison.process;

import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.benchmarks.comparison.contestant.Ledger;

/**
 * Enqueues as fast as it goes, for some time and at least once by each thread.
 *
 * @param way how
 * @param first number of the first job
 * @param threads how many threads do it at once
 * @param batch how many jobs a thread takes at a time
 * @param millis for how long
 * @param backlog most jobs that may wait to be run in this JVM; 0 if none runs here
 */
public record EnqueueFor(Way way, int first, int threads, int batch, long millis,
		int backlog) implements Order<Enqueued> {

	@Override
	public Class<Enqueued> answer() {
		return Enqueued.class;
	}

	@Override
	public Enqueued obey(Stage stage) throws Exception {
		Ledger ledger = stage.ledger();
		long ranBefore = ledger.total();
		long begin = System.nanoTime();
		AtomicInteger next = new AtomicInteger();
		long micros = Crew.work(this.threads, () -> {
			do {
				int taken = next.getAndAdd(this.batch);
				this.way.enqueue(stage, this.first + taken, this.batch);
				awaitWorkers(ledger, taken, ranBefore, begin);
			}
			while (isTimeLeft(begin));
			return taken(next);
		});
		return new Enqueued(taken(next), micros, ledger.total() - ranBefore);
	}

	private static int taken(AtomicInteger next) {
		return next.get();
	}

	private void awaitWorkers(Ledger ledger, int taken, long ranBefore, long begin) throws InterruptedException {
		while (this.backlog > 0 && taken - (ledger.total() - ranBefore) > this.backlog && isTimeLeft(begin)) {
			Thread.sleep(1);
		}
	}

	private boolean isTimeLeft(long begin) {
		return System.nanoTime() - begin < this.millis * 1_000_000;
	}

}

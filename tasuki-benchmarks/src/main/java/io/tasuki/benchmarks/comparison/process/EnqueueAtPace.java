package io.tasuki.benchmarks.comparison.process;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Enqueues at an even pace and notes when each job was committed. Jobs that are late are
 * not left out.
 *
 * @param way how
 * @param first number of the first job
 * @param count how many jobs, a multiple of the batch
 * @param perSecond the pace, in jobs
 * @param threads how many threads take turns
 * @param batch how many jobs are enqueued together
 */
public record EnqueueAtPace(Way way, int first, int count, double perSecond, int threads,
		int batch) implements Order<Enqueued> {

	@Override
	public Class<Enqueued> answer() {
		return Enqueued.class;
	}

	@Override
	public Enqueued obey(Stage stage) throws Exception {
		long ranBefore = stage.ledger().total();
		long begin = System.nanoTime();
		AtomicInteger next = new AtomicInteger();
		long micros = Crew.work(this.threads, () -> {
			for (int taken = next.getAndAdd(this.batch); taken < this.count; taken = next.getAndAdd(this.batch)) {
				awaitTurn(begin, taken);
				this.way.enqueue(stage, this.first + taken, this.batch);
				stage.commits().committed(this.first + taken, this.batch);
			}
			return true;
		});
		return new Enqueued(this.count, micros, stage.ledger().total() - ranBefore);
	}

	private void awaitTurn(long begin, int taken) {
		long turn = begin + (long) (taken / this.perSecond * 1e9);
		for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

}

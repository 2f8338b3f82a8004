package io.tasuki.benchmarks.comparison.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same and end together. */
final class Crew {

	private Crew() {
	}

	/**
	 * Lets threads do the same and waits for all.
	 * @return how long it took, in microseconds
	 * @throws Exception what a thread threw
	 */
	static long work(int threads, Callable<?> task) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			long begin = System.nanoTime();
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				all.add(executor.submit(task));
			}
			for (Future<?> one : all) {
				await(one);
			}
			return (System.nanoTime() - begin) / 1_000;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void await(Future<?> task) throws Exception {
		try {
			task.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

}

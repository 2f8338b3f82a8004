package io.tasuki.benchmarks.soak.worker;

import io.tasuki.JobContext;
import io.tasuki.benchmarks.soak.ledger.RunFile;
import io.tasuki.benchmarks.soak.load.Kind;

import org.springframework.stereotype.Component;

/**
 * Writes down each attempt around what it does, and lets those fail that are to.
 */
@Component
class Attempts {

	private final RunFile runs;

	Attempts(RunFile runs) {
		this.runs = runs;
	}

	void make(Kind kind, long number, JobContext context, Body body) throws InterruptedException {
		long run = this.runs.start(context.job().id().value(), number, context.attempt());
		boolean done = false;
		try {
			body.run();
			Thread.sleep(kind.work(number).toMillis());
			if (context.attempt() <= kind.failures(number)) {
				throw new WantedException(context.attempt());
			}
			done = true;
		}
		finally {
			this.runs.end(run, done);
		}
	}

	/** What there is to do. */
	interface Body {

		void run() throws InterruptedException;

	}

	/** An attempt that was to fail. */
	private static final class WantedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		WantedException(int attempt) {
			super("Attempt %d is to fail".formatted(attempt), null, false, false);
		}

	}

}

package io.tasuki.benchmarks.soak.worker;

import io.tasuki.JobContext;
import io.tasuki.annotation.JobHandler;
import io.tasuki.benchmarks.soak.load.Kind;

import org.springframework.stereotype.Component;

/**
 * Handlers that need no database.
 */
@Component
class PlainHandlers {

	private final Attempts attempts;

	private final Crashes crashes;

	PlainHandlers(Attempts attempts, Crashes crashes) {
		this.attempts = attempts;
		this.crashes = crashes;
	}

	@JobHandler("fast")
	void fast(Long number, JobContext context) throws InterruptedException {
		make(Kind.FAST, number, context);
	}

	@JobHandler(value = "slow", queue = "slow", concurrency = 10)
	void slow(Long number, JobContext context) throws InterruptedException {
		make(Kind.SLOW, number, context);
	}

	@JobHandler("failing")
	void failing(Long number, JobContext context) throws InterruptedException {
		make(Kind.FAILING, number, context);
	}

	@JobHandler("hopeless")
	void hopeless(Long number, JobContext context) throws InterruptedException {
		make(Kind.HOPELESS, number, context);
	}

	@JobHandler("unique")
	void unique(Long number, JobContext context) throws InterruptedException {
		make(Kind.UNIQUE, number, context);
	}

	@JobHandler("delayed")
	void delayed(Long number, JobContext context) throws InterruptedException {
		make(Kind.DELAYED, number, context);
	}

	@JobHandler("crashing")
	void crashing(Long number, JobContext context) throws InterruptedException {
		crash(Kind.CRASHING, number, context);
	}

	@JobHandler("deadly")
	void deadly(Long number, JobContext context) throws InterruptedException {
		crash(Kind.DEADLY, number, context);
	}

	private void make(Kind kind, long number, JobContext context) throws InterruptedException {
		this.attempts.make(kind, number, context, () -> {
		});
	}

	private void crash(Kind kind, long number, JobContext context) throws InterruptedException {
		this.attempts.make(kind, number, context, () -> {
			if (this.crashes.next(number) <= kind.crashes(number)) {
				Runtime.getRuntime().halt(WorkerApplication.HALTED);
			}
		});
	}

}

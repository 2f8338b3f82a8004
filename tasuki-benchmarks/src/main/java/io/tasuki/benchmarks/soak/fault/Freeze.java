package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.tasuki.benchmarks.soak.ledger.Incident;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.process.WorkerProcess;

/** A process stands still for a while, and goes on. */
record Freeze(Duration duration) implements WorkerFault.Blow {

	@Override
	public void befall(WorkerPlace place, Site site) throws InterruptedException {
		String what = "SIGSTOP of %s for %.1f s".formatted(place, this.duration.toMillis() / 1_000.0);
		WorkerProcess process = place.process();
		Instant at = Instant.now();
		if (process.pause()) {
			try {
				Set<Long> carried = site.rows().of(process);
				site.pause(this.duration);
				site.notes().incident(new Incident(what, at, at, process.number(), carried));
			}
			finally {
				process.resume();
			}
		}
	}

}

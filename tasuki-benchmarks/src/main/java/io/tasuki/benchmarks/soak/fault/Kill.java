package io.tasuki.benchmarks.soak.fault;

import java.time.Instant;
import java.util.Set;

import io.tasuki.benchmarks.soak.ledger.Incident;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.process.WorkerProcess;

/** A process is killed, and started again. */
final class Kill implements WorkerFault.Blow {

	@Override
	public void befall(WorkerPlace place, Site site) throws InterruptedException {
		String what = "kill -9 of " + place;
		WorkerProcess process = place.process();
		Instant at = Instant.now();
		if (process.pause()) {
			Set<Long> carried = site.rows().of(process);
			process.kill();
			site.notes().incident(new Incident(what, at, at, process.number(), carried));
		}
	}

}

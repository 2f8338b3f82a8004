package io.tasuki.benchmarks.soak.fault;

import java.time.Instant;

import io.tasuki.benchmarks.soak.ledger.Incident;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.process.WorkerProcess;

/** A process is asked to end, and started again. It hands back what it holds. */
final class Redeploy implements WorkerFault.Blow {

	@Override
	public void befall(WorkerPlace place, Site site) throws InterruptedException {
		site.notes().incident(Incident.harmless("SIGTERM of " + place, Instant.now()));
		WorkerProcess process = place.process();
		process.terminate();
		process.awaitEnd();
	}

}

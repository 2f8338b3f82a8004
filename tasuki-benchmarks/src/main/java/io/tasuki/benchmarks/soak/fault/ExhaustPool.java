package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.time.Instant;

import io.tasuki.benchmarks.soak.ledger.Incident;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.worker.Orders;

/** The application takes all connections of its pool for a while. */
record ExhaustPool(Duration duration) implements WorkerFault.Blow {

	@Override
	public void befall(WorkerPlace place, Site site) throws InterruptedException {
		site.notes()
			.incident(Incident.harmless(
					"pool of %s exhausted for %.1f s".formatted(place, this.duration.toMillis() / 1_000.0),
					Instant.now()));
		place.process().order(Orders.EXHAUST + " " + this.duration.toMillis());
		site.pause(this.duration);
	}

}

package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.tasuki.benchmarks.soak.ledger.Incident;
import io.tasuki.benchmarks.soak.process.Network;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.process.WorkerProcess;

/** The way to the database is disturbed for a while. */
record Disturb(Network.State state, Duration duration) implements WorkerFault.Blow {

	@Override
	public void befall(WorkerPlace place, Site site) throws InterruptedException {
		String what = "network of %s %s for %.1f s".formatted(place, words(), this.duration.toMillis() / 1_000.0);
		WorkerProcess process = place.process();
		Instant at = Instant.now();
		place.network().disturb(this.state);
		try {
			Set<Long> carried = site.rows().of(process);
			site.pause(this.duration);
			site.notes().incident(new Incident(what, at, at, process.number(), carried));
		}
		finally {
			place.network().mend();
		}
	}

	private String words() {
		return switch (this.state) {
			case OPEN -> "open";
			case STALLED -> "stalled";
			case MUTE -> "without answers";
			case HALF_OPEN -> "half open";
			case CUT -> "cut";
		};
	}

}

package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.tasuki.benchmarks.soak.ledger.Incident;

/** The server ends without a checkpoint, and comes back after a while. */
record CrashServer(Duration away) implements Fault {

	@Override
	public void strike(Site site) throws InterruptedException {
		synchronized (site.server()) {
			Instant at = Instant.now();
			Set<Long> carried = site.rows().ofAll();
			site.server().stopImmediately();
			carried.addAll(site.rows().claimedSince(at));
			try {
				site.pause(this.away);
			}
			finally {
				site.server().restart();
			}
			double seconds = Duration.between(at, Instant.now()).toMillis() / 1_000.0;
			site.note(new Incident("PostgreSQL stopped immediately, back after %.1f s".formatted(seconds), at, at, null,
					carried));
		}
	}

}

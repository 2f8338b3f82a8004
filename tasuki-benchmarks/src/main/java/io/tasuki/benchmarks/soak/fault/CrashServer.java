package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.tasuki.benchmarks.soak.ledger.Incident;

/** The server ends without a checkpoint, and comes back after a while. */
record CrashServer(Duration away) implements Fault {

	/** It cannot crash twice at the same time. */
	private static final ReentrantLock serverLock = new ReentrantLock();

	@Override
	public void strike(Site site) throws InterruptedException {
		serverLock.lockInterruptibly();
		try {
			Instant at = Instant.now();
			Set<Long> carried = new HashSet<>(site.rows().ofAll());
			crash(site);
			carried.addAll(site.rows().claimedSince(at));
			double seconds = Duration.between(at, Instant.now()).toMillis() / 1_000.0;
			site.notes()
				.incident(new Incident("PostgreSQL stopped immediately, back after %.1f s".formatted(seconds), at, at,
						null, carried));
		}
		finally {
			serverLock.unlock();
		}
	}

	private void crash(Site site) throws InterruptedException {
		site.server().stopImmediately();
		try {
			site.pause(this.away);
		}
		finally {
			site.server().restart();
		}
	}

}

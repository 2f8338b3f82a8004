package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import io.tasuki.benchmarks.soak.process.Network;

/**
 * Deals faults, all of them before any comes up again. The seed decides which comes when,
 * whom it befalls and how long it lasts.
 */
final class Deck {

	private final Random random;

	private final int workers;

	private final Duration lease;

	private final Deque<Fault> faults = new ArrayDeque<>();

	Deck(long seed, int workers, Duration lease) {
		this.random = new Random(seed);
		this.workers = workers;
		this.lease = lease;
	}

	Fault next() {
		if (this.faults.isEmpty()) {
			List<Fault> fresh = fresh();
			Collections.shuffle(fresh, this.random);
			this.faults.addAll(fresh);
		}
		return this.faults.remove();
	}

	private List<Fault> fresh() {
		List<Fault> fresh = new ArrayList<>();
		fresh.add(worker(new Kill()));
		fresh.add(worker(new Kill()));
		fresh.add(worker(new Freeze(leases(1.2, 2))));
		fresh.add(worker(new Freeze(leases(0.3, 1.5))));
		fresh.add(worker(new Redeploy()));
		fresh.add(worker(new Disturb(Network.State.STALLED, leases(0.3, 2))));
		fresh.add(worker(new Disturb(Network.State.MUTE, leases(0.3, 2))));
		fresh.add(worker(new Disturb(Network.State.HALF_OPEN, leases(0.3, 2))));
		fresh.add(worker(new Disturb(Network.State.CUT, leases(0.1, 1.5))));
		fresh.add(worker(new ExhaustPool(leases(0.4, 1.5))));
		fresh.add(new TerminateBackends(0.2 + 0.8 * this.random.nextDouble(), this.random.nextLong()));
		fresh.add(new TerminateBackends(1, this.random.nextLong()));
		fresh.add(new CrashServer(Duration.ZERO));
		fresh.add(new CrashServer(leases(0.2, 1.6)));
		fresh.add(new LockRows(5 + this.random.nextInt(20), leases(0.1, 0.4)));
		fresh.add(new LockRows(5 + this.random.nextInt(20), leases(0.8, 1.6)));
		return fresh;
	}

	private Fault worker(WorkerFault.Blow blow) {
		return new WorkerFault(this.random.nextInt(this.workers), blow);
	}

	private Duration leases(double least, double most) {
		return Duration.ofMillis((long) (this.lease.toMillis() * this.random.nextDouble(least, most)));
	}

}

package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tasuki.benchmarks.soak.ledger.Incident;
import io.tasuki.benchmarks.soak.process.WorkerPlace;
import io.tasuki.benchmarks.soak.process.WorkerProcess;

/**
 * Lets a fault happen every few seconds.
 */
public final class Faults {

	private final Site site;

	private final Deck deck;

	private final List<Thread> threads = new ArrayList<>();

	/**
	 * Creates faults.
	 * @param seed decides which, when and whom
	 */
	public Faults(Site site, long seed, int workers) {
		this.site = site;
		this.deck = new Deck(seed, workers, site.lease());
	}

	/**
	 * Lets faults happen until they are no more wanted, and returns when the last one is
	 * over.
	 */
	public void run(Duration interval) throws InterruptedException {
		this.site.pause(interval);
		while (!this.site.ended()) {
			Fault fault = this.deck.next();
			Thread thread = new Thread(() -> strike(fault), "fault");
			this.threads.add(thread);
			thread.start();
			this.site.pause(interval);
		}
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

	private void strike(Fault fault) {
		try {
			fault.strike(this.site);
		}
		catch (RuntimeException ex) {
			this.site.notes().surprise("%s went wrong: %s".formatted(fault, ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * A handler took its process down: its rows are counted before anybody may take them
	 * over.
	 */
	public static void halted(Site site, WorkerPlace place) throws InterruptedException {
		String what = "a handler halted " + place;
		WorkerProcess process = place.process();
		Instant at = Instant.now();
		Set<Long> carried = site.rows().of(process);
		site.notes().incident(new Incident(what, at, at, process.number(), carried));
	}

}

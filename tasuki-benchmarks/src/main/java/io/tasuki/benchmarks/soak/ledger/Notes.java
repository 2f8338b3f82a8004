package io.tasuki.benchmarks.soak.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is written down while the soak runs. Safe for use by many threads.
 */
public final class Notes {

	private final List<Incident> incidents = new CopyOnWriteArrayList<>();

	private final List<String> surprises = new CopyOnWriteArrayList<>();

	private final Duration lease;

	/**
	 * Creates notes.
	 * @param lease how long leases last, and with them the traces of an incident
	 */
	public Notes(Duration lease) {
		this.lease = lease;
	}

	/**
	 * Notes an incident that ends now; its last trace is gone a lease later.
	 */
	public void incident(Incident incident) {
		this.incidents.add(new Incident(incident.what(), incident.at(), Instant.now().plus(this.lease),
				incident.process(), incident.carried()));
	}

	/**
	 * Notes something that should not have happened at all.
	 */
	public void surprise(String what) {
		this.surprises.add(what);
	}

	/**
	 * Returns the incidents, in the order in which they ended.
	 */
	public List<Incident> incidents() {
		return List.copyOf(this.incidents);
	}

	/**
	 * Returns the surprises.
	 */
	public List<String> surprises() {
		return List.copyOf(this.surprises);
	}

}

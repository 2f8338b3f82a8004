package io.tasuki.metrics;

import java.util.List;

/**
 * Every meter, with its tags and its sentence.
 */
public enum TasukiMeter {

	/** Timer of handlers. */
	JOB_RUN("tasuki.job.run", "Time a handler took for one attempt of a job", "kind", "queue", "outcome"),

	/** Counter of recorded outcomes. */
	JOBS_COMPLETED("tasuki.jobs.completed", "Attempts whose outcome was recorded", "kind", "outcome"),

	/** Counter of lost leases. */
	LEASES_LOST("tasuki.leases.lost",
			"Attempts whose outcome counts for nothing, because another worker took the job over", "kind"),

	/** Gauge of stuck slots. */
	SLOTS_STUCK("tasuki.slots.stuck",
			"Slots whose attempt is over, after a timeout, a lost lease or a shutdown, but whose thread goes on"),

	/** Gauge of jobs without a handler. */
	JOBS_UNKNOWN("tasuki.jobs.unknown",
			"Due jobs that wait because no handler of this instance runs their kind, as far as counted", "queue",
			"kind");

	private final String meterName;

	private final String description;

	private final List<String> tagKeys;

	TasukiMeter(String meterName, String description, String... tagKeys) {
		this.meterName = meterName;
		this.description = description;
		this.tagKeys = List.of(tagKeys);
	}

	/**
	 * Returns the name under which the meter is registered.
	 */
	public String meterName() {
		return this.meterName;
	}

	/**
	 * Returns what is measured, for a human.
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Returns the keys of the meter's tags.
	 */
	public List<String> tagKeys() {
		return this.tagKeys;
	}

}

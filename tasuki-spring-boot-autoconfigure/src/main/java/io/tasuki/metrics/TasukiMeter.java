package io.tasuki.metrics;

import java.util.List;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Every meter, with its tags and its sentence. The table in the documentation is made
 * from this list.
 */
public enum TasukiMeter {

	/** Counter of stored jobs. */
	JOBS_ENQUEUED("tasuki.jobs.enqueued", Type.COUNTER, null,
			"Jobs that this instance stored, once their transaction has committed", "kind", "queue"),

	/** Timer of waits. */
	JOB_WAIT("tasuki.job.wait", Type.TIMER, null,
			"Time from the moment a job was due until its handler was called, by the database's clock", "kind",
			"queue"),

	/** Timer of handlers. */
	JOB_RUN("tasuki.job.run", Type.TIMER, null, "Time a handler took for one attempt of a job", "kind", "queue",
			"outcome"),

	/** Counter of recorded outcomes. */
	JOBS_COMPLETED("tasuki.jobs.completed", Type.COUNTER, null, "Attempts whose outcome was recorded", "kind",
			"outcome"),

	/** Counter of lost leases. */
	LEASES_LOST("tasuki.leases.lost", Type.COUNTER, null,
			"Attempts whose outcome counts for nothing, because another worker took the job over", "kind"),

	/** Gauge of slots. */
	SLOTS("tasuki.slots", Type.GAUGE, null, "Slots of this instance, used (a job runs) or free", "state"),

	/** Gauge of stuck slots. */
	SLOTS_STUCK("tasuki.slots.stuck", Type.GAUGE, null,
			"Slots whose attempt is over, after a timeout, a lost lease or a shutdown, but whose thread goes on"),

	/** Gauge of jobs claimed ahead. */
	JOBS_PREFETCHED("tasuki.jobs.prefetched", Type.GAUGE, null,
			"Jobs that this instance holds and that wait for a slot"),

	/** Gauge of unwritten outcomes. */
	OUTCOMES_UNWRITTEN("tasuki.outcomes.unwritten", Type.GAUGE, null,
			"Attempts of this instance that have ended and whose outcome is not recorded yet"),

	/** Gauge of the listener. */
	LISTENER_CONNECTED("tasuki.listener.connected", Type.GAUGE, null,
			"1 while wake-ups of other instances arrive, else 0: polling finds their jobs"),

	/** Timer of sweeps. */
	SWEEP("tasuki.sweep", Type.TIMER, null, "Time the database took for one sweep, told when the next one begins"),

	/** Gauge of the oldest due job. */
	QUEUE_OLDEST_DUE("tasuki.queue.oldest.due", Type.GAUGE, "seconds",
			"How long the job that waits longest in a queue has been due; 0 if none waits", "queue"),

	/** Gauge of the depth of a queue. */
	QUEUE_JOBS("tasuki.queue.jobs", Type.GAUGE, "jobs",
			"Jobs of a queue in the whole database: due, scheduled, running or dead, as far as counted", "queue",
			"state"),

	/** Gauge of jobs without a handler. */
	JOBS_UNKNOWN("tasuki.jobs.unknown", Type.GAUGE, null,
			"Due jobs that wait because no handler of this instance runs their kind, as far as counted", "queue",
			"kind"),

	/** Gauge of the oldest snapshot. */
	SNAPSHOT_AGE("tasuki.snapshot.age", Type.GAUGE, "seconds",
			"How long the oldest open snapshot has kept dead rows from being removed; 0 without one"),

	/** Gauge of dead rows. */
	TABLE_DEAD_ROWS("tasuki.table.dead.rows", Type.GAUGE, null,
			"Dead rows of the table of live jobs, as the server's statistics have it");

	private final String meterName;

	private final Type type;

	private final @Nullable String unit;

	private final String description;

	private final List<String> tagKeys;

	TasukiMeter(String meterName, Type type, @Nullable String unit, String description, String... tagKeys) {
		this.meterName = meterName;
		this.type = type;
		this.unit = unit;
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
	 * Returns what kind of meter it is.
	 */
	public Type type() {
		return this.type;
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

	Counter.Builder counter() {
		return Counter.builder(this.meterName).description(this.description);
	}

	Timer.Builder timer() {
		return Timer.builder(this.meterName).description(this.description);
	}

	Gauge.Builder<Supplier<Number>> gauge(Supplier<Number> value) {
		return Gauge.builder(this.meterName, value).baseUnit(this.unit).description(this.description);
	}

	/** What a meter does. */
	public enum Type {

		/** Counts, and only up. */
		COUNTER,

		/** Shows what is. */
		GAUGE,

		/** Counts and sums up times. */
		TIMER

	}

}

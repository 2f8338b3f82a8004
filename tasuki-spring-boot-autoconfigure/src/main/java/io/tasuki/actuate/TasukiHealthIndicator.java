package io.tasuki.actuate;

import java.util.function.Supplier;

import io.tasuki.worker.WorkerHealth;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether the worker runs and reaches the database, from what the worker knows
 * already: no statement is sent.
 */
public class TasukiHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<WorkerHealth> worker;

	/**
	 * Creates an indicator.
	 * @param worker asked each time
	 */
	public TasukiHealthIndicator(Supplier<WorkerHealth> worker) {
		super("Asking the worker for its health failed");
		this.worker = worker;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		WorkerHealth health = this.worker.get();
		builder.status(status(health))
			.withDetail("running", health.running())
			.withDetail("databaseReachable", health.databaseReachable())
			.withDetail("listening", health.listening())
			.withDetail("archiving", health.archiving())
			.withDetail("stuckSlots", health.stuckSlots());
		if (health.sinceLastContact() != null) {
			builder.withDetail("sinceLastContact", health.sinceLastContact().toString());
		}
		if (health.lastError() != null) {
			builder.withDetail("lastError", health.lastError());
		}
	}

	// Not listening, not archiving and stuck slots are shown but take no instance out:
	// jobs still run.
	private static Status status(WorkerHealth health) {
		if (!health.running()) {
			return Status.OUT_OF_SERVICE;
		}
		if (health.databaseReachable()) {
			return Status.UP;
		}
		boolean starting = health.sinceLastContact() == null && health.lastError() == null;
		return starting ? Status.UNKNOWN : Status.DOWN;
	}

}

package io.tasuki.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.tasuki.DatabaseOperations;
import io.tasuki.DatabaseReport;
import io.tasuki.worker.WorkerHealth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether the worker runs and reaches the database, from what the worker knows
 * already. What the database says of itself is shown beside that and never decides.
 */
public class TasukiHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<WorkerHealth> worker;

	private final @Nullable DatabaseWatch database;

	private final Duration snapshotAge;

	/**
	 * Creates an indicator that sends no statement.
	 * @param worker asked each time
	 */
	public TasukiHealthIndicator(Supplier<WorkerHealth> worker) {
		this(worker, null, Duration.ZERO);
	}

	/**
	 * Creates an indicator.
	 * @param worker asked each time
	 * @param database inspected on a thread of its own, at most every ten seconds;
	 * {@code null} to send no statement
	 * @param snapshotAge age from which on a snapshot that somebody holds is warned of
	 */
	public TasukiHealthIndicator(Supplier<WorkerHealth> worker, @Nullable DatabaseOperations database,
			Duration snapshotAge) {
		super("Asking the worker for its health failed");
		this.worker = worker;
		this.database = (database != null) ? new DatabaseWatch(database, DatabaseWatch.INTERVAL) : null;
		this.snapshotAge = snapshotAge;
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
		DatabaseReport report = (this.database != null) ? this.database.report() : null;
		if (report != null) {
			show(report, builder);
		}
	}

	private void show(DatabaseReport report, Health.Builder builder) {
		builder.withDetail("database", DatabaseDetails.of(report));
		List<String> warnings = report.snapshotHolders()
			.stream()
			.map((holder) -> SnapshotWarning.of(holder, this.snapshotAge))
			.filter(Objects::nonNull)
			.toList();
		if (!warnings.isEmpty()) {
			builder.withDetail("warnings", warnings);
		}
	}

	// Not listening, not archiving, stuck slots and old snapshots are shown but take no
	// instance out: jobs still run.
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

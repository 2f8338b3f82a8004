package io.tasuki.actuate;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.tasuki.DatabaseReport;
import io.tasuki.store.UnknownKind;
import io.tasuki.worker.SeenQueue;
import io.tasuki.worker.StuckSlot;
import io.tasuki.worker.Worker;
import io.tasuki.worker.WorkerHealth;
import io.tasuki.worker.WorkerLoad;
import org.jspecify.annotations.Nullable;

/**
 * Whom health asks. The first four answer at once, from memory; the others ask the
 * database, and may fail.
 *
 * @param worker how the worker is doing
 * @param draining whether it is being stopped
 * @param load what it has in hand
 * @param stuckSlots its slots that are stuck
 * @param database what the database says of itself; {@code null} to do without
 * @param queues what a look into the queues finds; {@code null} to do without
 * @param unknownKinds jobs that wait for want of a handler here; {@code null} to do
 * without
 */
public record HealthSources(Supplier<WorkerHealth> worker, BooleanSupplier draining, Supplier<WorkerLoad> load,
		Supplier<List<StuckSlot>> stuckSlots, @Nullable Supplier<DatabaseReport> database,
		@Nullable Supplier<List<SeenQueue>> queues, @Nullable Supplier<List<UnknownKind>> unknownKinds) {

	/**
	 * Returns sources that ask a worker, and no database.
	 */
	public static HealthSources of(Worker worker) {
		return new HealthSources(worker::health, worker::isDraining, worker::load, worker::stuckSlots, null, null,
				null);
	}

	/**
	 * Returns sources that ask what the database says of itself.
	 */
	public HealthSources withDatabase(Supplier<DatabaseReport> database) {
		return new HealthSources(this.worker, this.draining, this.load, this.stuckSlots, database, this.queues,
				this.unknownKinds);
	}

	/**
	 * Returns sources that look into the queues.
	 */
	public HealthSources withQueues(Supplier<List<SeenQueue>> queues) {
		return new HealthSources(this.worker, this.draining, this.load, this.stuckSlots, this.database, queues,
				this.unknownKinds);
	}

	/**
	 * Returns sources that look for jobs of unknown kinds.
	 */
	public HealthSources withUnknownKinds(Supplier<List<UnknownKind>> unknownKinds) {
		return new HealthSources(this.worker, this.draining, this.load, this.stuckSlots, this.database, this.queues,
				unknownKinds);
	}

	boolean askTheDatabase() {
		return this.database != null || this.queues != null || this.unknownKinds != null;
	}

}

package io.tasuki.actuate;

import java.util.List;

import io.tasuki.worker.StuckSlot;
import io.tasuki.worker.WorkerHealth;
import io.tasuki.worker.WorkerLoad;
import org.jspecify.annotations.Nullable;

/**
 * All that is known when somebody asks for health.
 *
 * @param worker how the worker is doing
 * @param draining whether it is being stopped
 * @param load what it has in hand
 * @param stuckSlots its slots that are stuck, the longest first
 * @param database what the latest look at the database has shown; {@code null} if there
 * was none lately
 */
record Situation(WorkerHealth worker, boolean draining, WorkerLoad load, List<StuckSlot> stuckSlots,
		@Nullable DatabaseLook database) {

	static Situation of(HealthSources sources, @Nullable DatabaseLook database) {
		return new Situation(sources.worker().get(), sources.draining().getAsBoolean(), sources.load().get(),
				sources.stuckSlots().get(), database);
	}

	/**
	 * Returns whether the worker runs and the database answers it.
	 */
	boolean isInContact() {
		return this.worker.running() && this.worker.databaseReachable();
	}

}

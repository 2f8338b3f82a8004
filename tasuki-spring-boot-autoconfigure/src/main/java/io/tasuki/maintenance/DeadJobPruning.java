package io.tasuki.maintenance;

import java.time.Duration;
import java.util.Map;

import io.tasuki.JobId;
import io.tasuki.store.MaintenanceStore;
import io.tasuki.store.Position;
import io.tasuki.store.Pruned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes dead jobs after their retention, page by page. A letter that the database does
 * not let go is passed over, and looked at again when all others have been. For one
 * thread at a time.
 */
final class DeadJobPruning {

	private static final Logger logger = LoggerFactory.getLogger(DeadJobPruning.class);

	private final MaintenanceStore store;

	/** Where the next page begins; the start again once the end was reached. */
	private Position next = Position.START;

	/** Whether the log says that letters are refused. */
	private boolean refusing;

	private boolean refusedSinceStart;

	DeadJobPruning(MaintenanceStore store) {
		this.store = store;
	}

	/**
	 * Prunes for a while.
	 * @return whether the end was reached; if not, the next call goes on from here
	 */
	boolean run(Duration retention) {
		int refused = 0;
		// Refused letters cost a statement each, so there is a bound to them as well.
		for (int pages = 0; pages < Janitor.MOST_PAGES && refused < Janitor.PAGE; pages++) {
			Pruned page = this.store.pruneDead(retention, this.next, Janitor.PAGE);
			refused += page.refused().size();
			page.refused().entrySet().stream().findFirst().ifPresent(this::noteRefusal);
			if (page.next() == null) {
				endReached();
				return true;
			}
			this.next = page.next();
			if (Thread.currentThread().isInterrupted()) {
				return false;
			}
		}
		return false;
	}

	private void noteRefusal(Map.Entry<JobId, String> refusal) {
		if (!this.refusing) {
			logger.warn("The janitor may not delete dead job {}, which is past its retention: {}. It passes over such"
					+ " letters and deletes the others", refusal.getKey(), refusal.getValue());
		}
		this.refusing = true;
		this.refusedSinceStart = true;
	}

	private void endReached() {
		if (this.refusing && !this.refusedSinceStart) {
			this.refusing = false;
			logger.info("The janitor could delete every dead job past its retention again");
		}
		this.refusedSinceStart = false;
		this.next = Position.START;
	}

}

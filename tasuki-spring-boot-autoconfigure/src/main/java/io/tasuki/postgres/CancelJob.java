package io.tasuki.postgres;

import java.sql.SQLException;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.JobId;
import io.tasuki.store.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a job: the request first, which locks the row and tells whether anybody holds
 * the job, and then, if nobody does, its end.
 */
final class CancelJob {

	private static final Logger log = LoggerFactory.getLogger(CancelJob.class);

	private CancelJob() {
	}

	static Cancellation run(CallersConnection connection, JobId id, boolean archive) throws SQLException {
		RequestCancel.Request request = RequestCancel.run(connection, id);
		if (request == null) {
			return new Cancellation(id, Effect.NONE);
		}
		if (request.leased()) {
			return new Cancellation(id, Effect.REQUESTED);
		}
		end(connection, id, archive, request);
		return new Cancellation(id, Effect.CANCELLED);
	}

	private static void end(CallersConnection connection, JobId id, boolean archive, RequestCancel.Request request)
			throws SQLException {
		if (archive && request.archivable()) {
			ArchiveWaitingJob.run(connection, id, Outcome.Cancelled.BY_REQUEST.reason());
			return;
		}
		DeleteWaitingJob.run(connection, id);
		if (archive) {
			log.debug("Job {} was cancelled without an archive row: the archive does not take it", id);
		}
	}

}

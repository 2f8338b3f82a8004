package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobSummary;
import io.tasuki.store.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels jobs: the request first, which locks the rows and tells whether anybody holds
 * the jobs, and then, for those that nobody does, their end: in the archive, if that is
 * for jobs of their queue, or without a trace.
 */
final class CancelJob {

	private static final Logger log = LoggerFactory.getLogger(CancelJob.class);

	private CancelJob() {
	}

	static Cancellation run(CallersConnection connection, JobId id, Predicate<String> archive) throws SQLException {
		CancelRequest request = RequestCancel.run(connection, id);
		return (request != null) ? cancel(connection, request, archive) : new Cancellation(id, Effect.NONE);
	}

	static Optional<Cancellation> ofKey(CallersConnection connection, String queue, String uniqueKey,
			Predicate<String> archive) throws SQLException {
		CancelRequest request = RequestCancelOfKey.run(connection, queue, uniqueKey);
		return (request != null) ? Optional.of(cancel(connection, request, archive)) : Optional.empty();
	}

	private static Cancellation cancel(CallersConnection connection, CancelRequest request, Predicate<String> archive)
			throws SQLException {
		return end(connection, List.of(request), archive).get(0);
	}

	/**
	 * Cancels jobs that a listing has found, if they are still in one of its states and
	 * nobody has cancelled them before.
	 */
	static List<Cancellation> all(CallersConnection connection, List<JobSummary> jobs, JobFilter filter,
			Predicate<String> archive) throws SQLException {
		List<JobId> ids = jobs.stream().map(JobSummary::id).toList();
		return (ids.isEmpty()) ? List.of() : end(connection, RequestCancels.run(connection, ids, filter), archive);
	}

	private static List<Cancellation> end(CallersConnection connection, List<CancelRequest> requests,
			Predicate<String> archive) throws SQLException {
		List<JobId> archived = new ArrayList<>();
		List<JobId> refused = new ArrayList<>();
		List<JobId> deleted = new ArrayList<>();
		for (CancelRequest request : requests) {
			if (!request.leased()) {
				boolean kept = archive.test(request.queue());
				((kept && request.archivable()) ? archived : deleted).add(request.id());
				if (kept && !request.archivable()) {
					refused.add(request.id());
				}
			}
		}
		if (!archived.isEmpty()) {
			ArchiveWaitingJobs.run(connection, archived, Outcome.Cancelled.BY_REQUEST.reason());
		}
		if (!deleted.isEmpty()) {
			DeleteWaitingJobs.run(connection, deleted);
		}
		if (!refused.isEmpty()) {
			log.debug("Jobs {} were cancelled without an archive row: the archive does not take them", refused);
		}
		return requests.stream().map(CancelJob::cancellation).toList();
	}

	private static Cancellation cancellation(CancelRequest request) {
		return new Cancellation(request.id(), (request.leased()) ? Effect.REQUESTED : Effect.CANCELLED,
				request.payload());
	}

}

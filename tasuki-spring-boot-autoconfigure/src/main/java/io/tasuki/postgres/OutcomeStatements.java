package io.tasuki.postgres;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.store.Completed.Returned;
import io.tasuki.store.Completion;
import io.tasuki.store.Lease;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * The statements that record outcomes, one for each way a job can go. What has not
 * finished its job may find that somebody has cancelled it meanwhile: two statements
 * share such outcomes between them, each by what it sees in the row that it has locked.
 */
final class OutcomeStatements {

	private final ArchiveSucceededJobs archiveSucceededJobs;

	private final ArchiveCancelledJobs archiveCancelledJobs;

	private final DeleteCompletedJobs deleteCompletedJobs;

	private final ReturnJobs returnJobs;

	private final BuryJobs buryJobs;

	private final ArchiveUnwantedJobs archiveUnwantedJobs;

	private final DeleteUnwantedJobs deleteUnwantedJobs;

	OutcomeStatements(JdbcOperations jdbc) {
		this.archiveSucceededJobs = new ArchiveSucceededJobs(jdbc);
		this.archiveCancelledJobs = new ArchiveCancelledJobs(jdbc);
		this.deleteCompletedJobs = new DeleteCompletedJobs(jdbc);
		this.returnJobs = new ReturnJobs(jdbc);
		this.buryJobs = new BuryJobs(jdbc);
		this.archiveUnwantedJobs = new ArchiveUnwantedJobs(jdbc);
		this.deleteUnwantedJobs = new DeleteUnwantedJobs(jdbc);
	}

	/**
	 * Writes a group. What is locked or no longer held is passed over.
	 * @param archive whether succeeded and cancelled jobs go to the archive
	 */
	Written run(OutcomeGroup group, boolean archive) {
		Written written = new Written(new HashSet<>(), new HashMap<>(), new HashSet<>());
		if (group.finishesJobs()) {
			written.leases().addAll((archive) ? archive(group) : this.deleteCompletedJobs.run(group.finished()));
		}
		if (!group.returning().isEmpty()) {
			written.returned().putAll(this.returnJobs.run(group.returning()));
			written.leases().addAll(written.returned().keySet());
		}
		if (!group.dead().isEmpty()) {
			written.leases().addAll(this.buryJobs.run(group.dead()));
		}
		List<Completion> left = group.unfinishedBut(written.leases());
		if (!left.isEmpty()) {
			written.cancelled()
				.addAll((archive) ? this.archiveUnwantedJobs.run(left) : this.deleteUnwantedJobs.run(left));
			written.leases().addAll(written.cancelled());
		}
		return written;
	}

	private Set<Lease> archive(OutcomeGroup group) {
		if (group.cancelled().isEmpty()) {
			return this.archiveSucceededJobs.run(group.succeeded());
		}
		Set<Lease> archived = new HashSet<>(this.archiveCancelledJobs.run(group.cancelled()));
		if (!group.succeeded().isEmpty()) {
			archived.addAll(this.archiveSucceededJobs.run(group.succeeded()));
		}
		return archived;
	}

	/**
	 * What was written.
	 *
	 * @param leases whose outcome is recorded
	 * @param returned where those stand that became available again
	 * @param cancelled those whose jobs ended as cancelled instead
	 */
	record Written(Set<Lease> leases, Map<Lease, Returned> returned, Set<Lease> cancelled) {

		static final Written NOTHING = new Written(Set.of(), Map.of(), Set.of());

	}

}

package io.tasuki.postgres;

import java.util.ArrayList;
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
	 * @param archive whether there is an archive
	 */
	Written run(OutcomeGroup group, boolean archive) {
		Written written = Written.ofAtMost(group.size());
		if (group.archives()) {
			written.archived().addAll(archive(group));
			written.leases().addAll(written.archived());
		}
		if (!group.forgotten().isEmpty()) {
			written.leases().addAll(this.deleteCompletedJobs.run(group.forgotten()));
		}
		if (!group.returning().isEmpty()) {
			written.returned().putAll(this.returnJobs.run(group.returning()));
			written.leases().addAll(written.returned().keySet());
		}
		if (!group.dead().isEmpty()) {
			written.leases().addAll(this.buryJobs.run(group.dead()));
		}
		finishUnwanted(group, archive, written);
		return written;
	}

	private void finishUnwanted(OutcomeGroup group, boolean archive, Written written) {
		List<Completion> kept = archive ? group.unfinishedBut(written.leases(), true) : List.of();
		if (!kept.isEmpty()) {
			List<Lease> archived = this.archiveUnwantedJobs.run(kept);
			written.archived().addAll(archived);
			written.cancelled().addAll(archived);
		}
		List<Completion> forgotten = archive ? group.unfinishedBut(written.leases(), false)
				: group.unfinishedBut(written.leases());
		if (!forgotten.isEmpty()) {
			written.cancelled().addAll(this.deleteUnwantedJobs.run(forgotten));
		}
		written.leases().addAll(written.cancelled());
	}

	private List<Lease> archive(OutcomeGroup group) {
		if (group.cancelled().isEmpty()) {
			return this.archiveSucceededJobs.run(group.succeeded());
		}
		List<Lease> archived = new ArrayList<>(this.archiveCancelledJobs.run(group.cancelled()));
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
	 * @param archived those whose jobs went to the archive
	 */
	record Written(Set<Lease> leases, Map<Lease, Returned> returned, Set<Lease> cancelled, List<Lease> archived) {

		static final Written NOTHING = new Written(Set.of(), Map.of(), Set.of(), List.of());

		// With room for all: a set that grows while another is poured into it has its
		// longest chains.
		static Written ofAtMost(int leases) {
			return new Written(new HashSet<>(2 * leases), new HashMap<>(), new HashSet<>(), new ArrayList<>());
		}

	}

}

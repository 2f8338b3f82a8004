package io.tasuki.processes;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.Outlook;
import io.tasuki.store.Renewal;
import io.tasuki.store.Report;
import io.tasuki.store.WorkerName;
import io.tasuki.store.WorkerReport;
import io.tasuki.store.WorkerStores;

/**
 * Prints {@code OWNER} and a number for every owner under which this process claims, so
 * that a test can tell the rows of one process from those of another.
 */
final class OwnerPrintingStores implements WorkerStores {

	private final WorkerStores stores;

	OwnerPrintingStores(WorkerStores stores) {
		this.stores = stores;
	}

	@Override
	public LeaseStore openLeaseStore() {
		return new OwnerPrintingLeaseStore(this.stores.openLeaseStore());
	}

	@Override
	public CompletionStore openCompletionStore() {
		return this.stores.openCompletionStore();
	}

	private static final class OwnerPrintingLeaseStore implements LeaseStore {

		private final LeaseStore store;

		private final Set<Long> printed = new HashSet<>();

		OwnerPrintingLeaseStore(LeaseStore store) {
			this.store = store;
		}

		@Override
		public List<ClaimedJob> claim(ClaimRequest request) {
			List<ClaimedJob> claimed = this.store.claim(request);
			claimed.stream()
				.map((job) -> job.lease().owner())
				.filter(this.printed::add)
				.forEach((owner) -> System.out.println("OWNER " + owner));
			return claimed;
		}

		@Override
		public Renewal renew(Collection<Lease> leases, Duration leaseDuration) {
			return this.store.renew(leases, leaseDuration);
		}

		@Override
		public Optional<Integer> chargeCrash(Lease lease) {
			return this.store.chargeCrash(lease);
		}

		@Override
		public List<WorkerName> crashedWorkers(Lease lease) {
			return this.store.crashedWorkers(lease);
		}

		@Override
		public Set<Lease> writeReports(Collection<Report> reports) {
			return this.store.writeReports(reports);
		}

		@Override
		public Map<String, Outlook> look(Set<String> queues) {
			return this.store.look(queues);
		}

		@Override
		public Optional<Instant> announce(WorkerReport report) {
			return this.store.announce(report);
		}

		@Override
		public void withdraw() {
			this.store.withdraw();
		}

		@Override
		public void close() {
			this.store.close();
		}

	}

}

package io.tasuki.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.EnqueuedJob;
import io.tasuki.FoundJob;
import io.tasuki.JobId;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.Fate;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.JobSample;
import io.tasuki.store.JobStore;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.MaintenanceStore;
import io.tasuki.store.NewJob;
import io.tasuki.store.Outlook;
import io.tasuki.store.Position;
import io.tasuki.store.Pruned;
import io.tasuki.store.QueueInspection;
import io.tasuki.store.Renewal;
import io.tasuki.store.Report;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WorkerName;
import io.tasuki.store.WorkerReport;
import io.tasuki.store.WorkerStores;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the database's place where only the wiring is of interest. */
@Configuration(proxyBeanMethods = false)
class StorageStubs {

	@Bean
	StubJobStore jobStore() {
		return new StubJobStore();
	}

	@Bean
	AfterCommit afterCommit() {
		return new AfterCommit() {

			@Override
			public void send(Collection<WakeUp> wakeUps) {
			}

			@Override
			public void sendCancelRequests(Collection<JobId> jobs) {
			}

		};
	}

	@Bean
	JobSample jobSample() {
		return (queues, kinds, perKind) -> List.of();
	}

	@Bean
	JobNotifications jobNotifications() {
		return new StubNotifications();
	}

	@Bean
	WorkerStores workerStores() {
		return new StubWorkerStores();
	}

	@Bean
	@ConditionalOnMissingBean
	QueueInspection queueInspection() {
		return (queues, kinds) -> List.of();
	}

	@Bean
	MaintenanceStore maintenanceStore() {
		return new StubMaintenanceStore();
	}

	static class StubJobStore implements JobStore {

		private final List<NewJob> inserted = new CopyOnWriteArrayList<>();

		List<NewJob> inserted() {
			return this.inserted;
		}

		@Override
		public boolean inTransaction() {
			return false;
		}

		@Override
		public boolean joinsTransaction() {
			return false;
		}

		@Override
		public List<InsertedJob> insert(List<NewJob> jobs) {
			List<InsertedJob> answers = new ArrayList<>();
			for (NewJob job : jobs) {
				this.inserted.add(job);
				answers.add(new InsertedJob(new JobId(this.inserted.size()), EnqueuedJob.Effect.CREATED, Position.START,
						Duration.ZERO));
			}
			return answers;
		}

		@Override
		public Cancellation cancel(JobId id) {
			return new Cancellation(id, Effect.NONE);
		}

		@Override
		public Optional<FoundJob> find(JobId id) {
			return Optional.empty();
		}

	}

	static class StubNotifications implements JobNotifications {

		@Override
		public void send(Collection<WakeUp> wakeUps) {
		}

		@Override
		public void sendCancelRequests(Collection<JobId> jobs) {
		}

		@Override
		public Subscription subscribe(Receiver receiver) {
			return new Subscription() {

				@Override
				public boolean connected() {
					return true;
				}

				@Override
				public void close() {
				}

			};
		}

	}

	static class StubWorkerStores implements WorkerStores {

		@Override
		public LeaseStore openLeaseStore() {
			return new StubLeaseStore();
		}

		@Override
		public CompletionStore openCompletionStore() {
			return new StubCompletionStore();
		}

	}

	static class StubLeaseStore implements LeaseStore {

		@Override
		public List<ClaimedJob> claim(ClaimRequest request) {
			return List.of();
		}

		@Override
		public Renewal renew(Collection<Lease> leases, Duration leaseDuration) {
			return new Renewal(Set.copyOf(leases), Set.of(), Set.of());
		}

		@Override
		public Optional<Integer> chargeCrash(Lease lease) {
			return Optional.of(1);
		}

		@Override
		public List<WorkerName> crashedWorkers(Lease lease) {
			return List.of();
		}

		@Override
		public Set<Lease> writeReports(Collection<Report> reports) {
			return Set.of();
		}

		@Override
		public Map<String, Outlook> look(Set<String> queues) {
			return Map.of();
		}

		@Override
		public Optional<Instant> announce(WorkerReport report) {
			return Optional.empty();
		}

		@Override
		public void withdraw() {
		}

		@Override
		public void close() {
		}

	}

	static class StubCompletionStore implements CompletionStore {

		@Override
		public Completed complete(List<Completion> completions) {
			return new Completed(Set.of(), Set.of(), Set.of(), Map.of(), Set.of(), true);
		}

		@Override
		public Map<Lease, Fate> fates(Map<Lease, Integer> attemptsUsed, Duration since) {
			return Map.of();
		}

		@Override
		public void close() {
		}

	}

	static class StubMaintenanceStore implements MaintenanceStore {

		@Override
		public boolean runAlone(Runnable round) {
			round.run();
			return true;
		}

		@Override
		public List<LocalDate> missingArchiveDays(int daysAhead) {
			return List.of();
		}

		@Override
		public void addArchiveDay(LocalDate day) {
		}

		@Override
		public List<LocalDate> expiredArchiveDays(Duration retention) {
			return List.of();
		}

		@Override
		public void dropArchiveDay(LocalDate day) {
		}

		@Override
		public Pruned pruneDead(Duration retention, Position after, int limit) {
			return new Pruned(0, Map.of(), null);
		}

		@Override
		public int pruneOwners(Duration retention, int limit) {
			return 0;
		}

	}

}

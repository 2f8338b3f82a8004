package io.tasuki.postgres;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.Outlook;
import io.tasuki.store.Renewal;
import io.tasuki.store.Report;
import io.tasuki.store.WorkerName;
import io.tasuki.store.WorkerReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Claims jobs and keeps their leases. The owner changes with the connection, and after
 * any claim whose answer was not read to its end: such a claim may have taken jobs that
 * nobody here knows of, and under a new owner they are taken over like a stranger's. Each
 * owner is registered with the name of the worker before its first claim.
 */
final class PostgresLeaseStore implements LeaseStore {

	private static final Logger logger = LoggerFactory.getLogger(PostgresLeaseStore.class);

	private static final SecureRandom random = new SecureRandom();

	private final EngineConnection connection;

	private final OwnerRegistration registration;

	private final WorkerAnnouncements announcements;

	private final ClaimJobs claimJobs;

	private final ClaimAnnouncedJobs claimAnnouncedJobs;

	private final RenewLeases renewLeases;

	private final FindHeldLeases findHeldLeases;

	private final ChargeCrash chargeCrash;

	private final FindCrashedWorkers findCrashedWorkers;

	private final WriteReports writeReports;

	private final LookAtQueues lookAtQueues;

	private long owner = random.nextLong();

	PostgresLeaseStore(EngineConnection connection, WorkerName worker) {
		JdbcOperations jdbc = new JdbcTemplate(connection, true);
		WorkerIdentity identity = WorkerIdentity.inThisProcess(worker);
		this.connection = connection;
		this.registration = new OwnerRegistration(new RegisterOwner(jdbc), identity);
		this.announcements = new WorkerAnnouncements(new AnnounceWorker(jdbc), new WithdrawWorker(jdbc), identity);
		this.claimJobs = new ClaimJobs(jdbc);
		this.claimAnnouncedJobs = new ClaimAnnouncedJobs(jdbc);
		this.renewLeases = new RenewLeases(jdbc);
		this.findHeldLeases = new FindHeldLeases(jdbc);
		this.chargeCrash = new ChargeCrash(jdbc);
		this.findCrashedWorkers = new FindCrashedWorkers(jdbc);
		this.writeReports = new WriteReports(jdbc);
		this.lookAtQueues = new LookAtQueues(jdbc);
	}

	@Override
	public List<ClaimedJob> claim(ClaimRequest request) {
		if (request.lines().isEmpty() || request.limit() <= 0) {
			return List.of();
		}
		boolean complete = false;
		try {
			List<ClaimedJob> claimed = use(() -> {
				this.registration.ensure(this.owner);
				return ClaimAnnouncedJobs.suits(request) ? this.claimAnnouncedJobs.run(request, this.owner)
						: this.claimJobs.run(request, this.owner);
			});
			complete = true;
			return claimed;
		}
		finally {
			if (!complete) {
				this.owner = random.nextLong();
			}
		}
	}

	@Override
	public Renewal renew(Collection<Lease> leases, Duration leaseDuration) {
		if (leases.isEmpty()) {
			return new Renewal(Set.of(), Set.of(), Set.of());
		}
		return use(() -> {
			Map<Lease, Boolean> renewed = this.renewLeases.run(leases, leaseDuration);
			Set<Lease> lost = new HashSet<>(leases);
			lost.removeAll(renewed.keySet());
			lost.removeAll(this.findHeldLeases.run(lost));
			Set<Lease> cancelRequested = new HashSet<>();
			renewed.forEach((lease, requested) -> {
				if (requested) {
					cancelRequested.add(lease);
				}
			});
			return new Renewal(renewed.keySet(), lost, cancelRequested);
		});
	}

	@Override
	public Optional<Integer> chargeCrash(Lease lease) {
		Optional<Integer> crashes = use(() -> this.chargeCrash.run(lease));
		if (crashes.isEmpty() && !use(() -> this.findHeldLeases.run(Set.of(lease))).isEmpty()) {
			throw new CannotAcquireLockException("Job %s is locked by somebody".formatted(lease.id()));
		}
		return crashes;
	}

	@Override
	public List<WorkerName> crashedWorkers(Lease lease) {
		return use(() -> this.findCrashedWorkers.run(lease));
	}

	@Override
	public Set<Lease> writeReports(Collection<Report> reports) {
		try {
			return use(() -> this.writeReports.run(reports));
		}
		catch (RuntimeException ex) {
			if (!SqlStates.isDataError(ex)) {
				throw ex;
			}
			return (reports.size() > 1) ? writeApart(List.copyOf(reports)) : givenUp(reports, ex);
		}
	}

	/**
	 * Halves them until the one that the server refuses stands alone.
	 */
	private Set<Lease> writeApart(List<Report> reports) {
		int half = reports.size() / 2;
		Set<Lease> written = new HashSet<>(writeReports(reports.subList(0, half)));
		written.addAll(writeReports(reports.subList(half, reports.size())));
		return written;
	}

	private static Set<Lease> givenUp(Collection<Report> reports, RuntimeException ex) {
		Set<Lease> leases = reports.stream().map(Report::lease).collect(Collectors.toSet());
		logger.warn("What the handler of job {} said of it is refused by the database, and not kept",
				leases.iterator().next().id(), ex);
		return leases;
	}

	@Override
	public Map<String, Outlook> look(Set<String> queues) {
		return (queues.isEmpty()) ? Map.of() : use(() -> this.lookAtQueues.run(queues));
	}

	@Override
	public Optional<Instant> announce(WorkerReport report) {
		return use(() -> this.announcements.announce(report));
	}

	@Override
	public void withdraw() {
		use(() -> {
			this.announcements.withdraw();
			return true;
		});
	}

	private <T> T use(Supplier<T> operation) {
		try {
			return this.connection.use(operation);
		}
		finally {
			if (!this.connection.isOpen()) {
				this.owner = random.nextLong();
			}
		}
	}

	@Override
	public void close() {
		this.connection.close();
	}

}

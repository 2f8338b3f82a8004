package io.tasuki.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tasuki.UniqueKey;
import io.tasuki.histories.LeaseName.Forgery;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.LineClaim;
import io.tasuki.store.NewJob;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;

/** A queue in memory, with all that is promised of the real one. */
final class Model {

	private final Hours hours;

	private final Map<Integer, ModelJob> jobs = new LinkedHashMap<>();

	private final Map<LeaseName, Lease> granted = new LinkedHashMap<>();

	private final Set<ModelJob> locked = new HashSet<>();

	/** Creates an empty queue in which it is now. */
	Model(Instant now) {
		this.hours = new Hours(now);
	}

	Hours hours() {
		return this.hours;
	}

	/** Returns the live job with a unique key. */
	Optional<ModelJob> holder(String queue, @Nullable UniqueKey uniqueKey) {
		return live().filter((job) -> uniqueKey != null && job.asked.queue().equals(queue))
			.filter((job) -> uniqueKey.equals(job.asked.uniqueKey()))
			.findFirst();
	}

	void add(int number, NewJob asked, InsertedJob inserted) {
		this.jobs.put(number, new ModelJob(number, asked, inserted));
	}

	void remove(int number) {
		this.jobs.remove(number);
	}

	/** Returns what a claim takes, line by line in run order. */
	List<ModelJob> claimable(ClaimRequest request, @Nullable Long owner, boolean takeOver) {
		return request.lines()
			.stream()
			.flatMap((line) -> claimable(line, owner, takeOver).limit(line.limit()))
			.limit(request.limit())
			.toList();
	}

	private Stream<ModelJob> claimable(LineClaim line, @Nullable Long owner, boolean takeOver) {
		return live().filter((job) -> job.asked.queue().equals(line.queue()) && line.kinds().contains(job.asked.kind()))
			.filter((job) -> job.due(this.hours) && !this.locked.contains(job))
			.filter((job) -> job.position().compareTo(line.cursors().get(job.asked.priority())) > 0)
			.filter((job) -> job.claimableBy(owner, takeOver, this.hours))
			.sorted(Comparator.comparing((ModelJob job) -> job.asked.priority()).thenComparing(ModelJob::position));
	}

	/** Somebody knows this lease. */
	void grant(ModelJob job, Lease lease) {
		this.granted.put(new LeaseName(job.number, lease.leaseNo(), Forgery.NONE), lease);
	}

	/** Returns the lease of that name, if it was granted. */
	Optional<Lease> lease(LeaseName name) {
		return Optional.ofNullable(this.granted.get(new LeaseName(name.job(), name.leaseNo(), Forgery.NONE)))
			.map(name.forgery()::apply);
	}

	List<Lease> leases(Collection<LeaseName> names) {
		return names.stream().flatMap((name) -> lease(name).stream()).distinct().toList();
	}

	List<LeaseName> granted() {
		return List.copyOf(this.granted.keySet());
	}

	/** Returns the job that is held under this very lease, locked or not. */
	Optional<ModelJob> held(Lease lease) {
		return live().filter((job) -> job.heldUnder(lease)).findFirst();
	}

	boolean locked(ModelJob job) {
		return this.locked.contains(job);
	}

	void lock(Collection<ModelJob> jobs) {
		this.locked.addAll(jobs);
	}

	void unlock() {
		this.locked.clear();
	}

	/** Returns the queues with a job whose time has come. */
	Set<String> due(Set<String> queues) {
		return live().filter((job) -> queues.contains(job.asked.queue()) && job.due(this.hours))
			.map((job) -> job.asked.queue())
			.collect(Collectors.toSet());
	}

	/** Returns the hours until the next job of each queue is due. */
	Map<String, Integer> nextDueIn(Set<String> queues) {
		Map<String, Integer> next = new HashMap<>();
		live().filter((job) -> queues.contains(job.asked.queue()) && !job.due(this.hours))
			.forEach((job) -> next.merge(job.asked.queue(), this.hours.of(job.position().runAt()), Math::min));
		return next;
	}

	void pass(int hours) {
		live().forEach((job) -> job.pass(Duration.ofHours(hours)));
	}

	Optional<ModelJob> job(int number) {
		return Optional.ofNullable(this.jobs.get(number));
	}

	List<ModelJob> jobs(Collection<Integer> numbers) {
		return numbers.stream().flatMap((number) -> job(number).stream()).toList();
	}

	List<ModelJob> jobs() {
		return new ArrayList<>(this.jobs.values());
	}

	private Stream<ModelJob> live() {
		return this.jobs.values().stream().filter(ModelJob::live);
	}

	/** Returns the tables as they ought to be, by id. */
	List<Row> rows() {
		return this.jobs.values()
			.stream()
			.filter(ModelJob::kept)
			.map((job) -> job.row(this.hours))
			.sorted(Comparator.comparingLong(Row::id))
			.toList();
	}

	/** Returns where a cursor stands that has passed a job. */
	Position behind(int number) {
		return job(number).map(ModelJob::position).orElse(Position.START);
	}

}

package io.tasuki.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tasuki.Job;
import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.histories.Row.Place;
import io.tasuki.store.Completion;
import io.tasuki.store.Completion.Failure;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.NewJob;
import io.tasuki.store.Outcome;
import io.tasuki.store.Position;
import io.tasuki.store.Report;
import org.jspecify.annotations.Nullable;

/** What is promised about one job. */
final class ModelJob {

	final int number;

	final JobId id;

	final NewJob asked;

	private final List<String> errors = new ArrayList<>();

	private final List<Long> crashOwners = new ArrayList<>();

	private Place place = Place.LIVE;

	private Instant runAt;

	private int attempt;

	private @Nullable Integer maxAttempts;

	private int leaseNo;

	private int crashes;

	private @Nullable Lease lease;

	private boolean cancelRequested;

	private @Nullable Instant leaseEnd;

	private @Nullable Integer progress;

	private @Nullable String note;

	private Map<String, String> metadata = Map.of();

	/** Lines by what tells them apart, oldest first. */
	private final Map<String, String> lines = new LinkedHashMap<>();

	private @Nullable String reason;

	ModelJob(int number, NewJob asked, InsertedJob inserted) {
		this.number = number;
		this.id = inserted.id();
		this.asked = asked;
		this.runAt = inserted.position().runAt();
		this.maxAttempts = asked.maxAttempts();
	}

	boolean live() {
		return this.place == Place.LIVE;
	}

	/** Whether it is in any table. */
	boolean kept() {
		return this.place != Place.NOWHERE;
	}

	/** Returns the attempts that were used up, as many as there can be at its end. */
	int attemptsUsed() {
		return (live()) ? this.attempt : Integer.MAX_VALUE;
	}

	boolean due(Hours hours) {
		return live() && hours.past(this.runAt);
	}

	Position position() {
		return new Position(this.runAt, this.id.value());
	}

	@Nullable Lease lease() {
		return this.lease;
	}

	boolean heldUnder(Lease lease) {
		return live() && lease.equals(this.lease);
	}

	/**
	 * A job that is free goes to anyone, unless it is a suspect; a lease that ran out and
	 * a suspect only to who takes over, and never a lease to its own owner.
	 */
	boolean claimableBy(@Nullable Long owner, boolean takeOver, Hours hours) {
		if (this.lease == null || this.leaseEnd == null) {
			return this.crashes == 0 || takeOver;
		}
		boolean ranOut = hours.past(this.leaseEnd);
		return ranOut && takeOver && (owner == null || this.lease.owner() != owner);
	}

	/** A takeover repeats the attempt, and makes a suspect of a job that was none. */
	void claim(long owner, Instant leaseEnd) {
		if (this.lease == null) {
			this.attempt++;
		}
		else if (this.crashes == 0) {
			this.crashes = 1;
			this.crashOwners.add(this.lease.owner());
		}
		this.leaseNo++;
		this.lease = new Lease(this.id, this.leaseNo, owner);
		this.leaseEnd = leaseEnd;
	}

	void renew(Instant leaseEnd) {
		this.leaseEnd = leaseEnd;
	}

	/** Puts a crash down to the owner that is about to start the job. */
	int chargeCrash() {
		if (this.lease != null) {
			this.crashOwners.add(this.lease.owner());
		}
		return ++this.crashes;
	}

	/** Returns the owners charged with the crashes, oldest first. */
	List<Long> crashOwners() {
		return List.copyOf(this.crashOwners);
	}

	/** A line that is there already is not written again. */
	void report(Report report) {
		if (report.progress() != null) {
			this.progress = report.progress().percent();
			this.note = report.progress().note();
		}
		report.lines()
			.forEach((line) -> this.lines.putIfAbsent(line.leaseNo() + "." + line.number(),
					this.attempt + " " + line.text()));
		if (report.metadata() != null) {
			this.metadata = report.metadata();
		}
	}

	boolean cancelRequested() {
		return this.cancelRequested;
	}

	/** A job that is held is left to its holder. */
	void cancel(boolean archive) {
		if (!live()) {
			return;
		}
		if (this.lease != null) {
			this.cancelRequested = true;
		}
		else {
			leave((archive) ? Place.CANCELLED : Place.NOWHERE, Outcome.Cancelled.BY_REQUEST.reason());
		}
	}

	/**
	 * Done wins over a cancel, and everything else loses. Only a retry uses the attempt
	 * up. An ordinary outcome clears a suspect; a job that is handed back stays what it
	 * was.
	 */
	void end(Completion completion, boolean archive) {
		Failure failure = completion.error();
		Outcome outcome = completion.outcome();
		if (completion.report() != null) {
			report(completion.report());
		}
		if (failure != null) {
			this.errors.add(this.attempt + " " + failure.message());
		}
		boolean finishes = outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Cancelled;
		if (this.cancelRequested && !finishes) {
			outcome = Outcome.Cancelled.BY_REQUEST;
		}
		if (outcome instanceof Outcome.Succeeded) {
			leave((archive) ? Place.SUCCEEDED : Place.NOWHERE, null);
		}
		else if (outcome instanceof Outcome.Cancelled cancelled) {
			leave((archive) ? Place.CANCELLED : Place.NOWHERE, cancelled.reason());
		}
		else if (outcome instanceof Outcome.Dead dead) {
			leave(Place.DEAD, dead.reason());
			this.maxAttempts = dead.maxAttempts();
		}
		else if (outcome instanceof Outcome.HandedBack handedBack) {
			comeBack(this.attempt - 1, handedBack.crashes());
		}
		else {
			comeBack((outcome instanceof Outcome.Retry) ? this.attempt : this.attempt - 1, 0);
		}
	}

	private void leave(Place place, @Nullable String reason) {
		this.place = place;
		this.reason = reason;
		this.lease = null;
		this.leaseEnd = null;
		this.cancelRequested = false;
	}

	private void comeBack(int attempt, int crashes) {
		forgetCrashOwners((crashes == 0) ? this.crashOwners.size() : this.crashes - crashes);
		this.attempt = attempt;
		this.crashes = crashes;
		this.lease = null;
		this.leaseEnd = null;
	}

	private void forgetCrashOwners(int count) {
		int known = this.crashOwners.size();
		this.crashOwners.subList(Math.max(0, known - Math.max(count, 0)), known).clear();
	}

	/** The database said when exactly. */
	void runsAt(Instant runAt) {
		this.runAt = runAt;
	}

	void letLeaseRunOut(Instant leaseEnd) {
		if (this.lease != null) {
			this.leaseEnd = leaseEnd;
		}
	}

	void pass(Duration duration) {
		this.runAt = this.runAt.minus(duration);
		if (this.leaseEnd != null) {
			this.leaseEnd = this.leaseEnd.minus(duration);
		}
	}

	/** The job as the store tells it. */
	Job told(Instant createdAt) {
		return new Job(this.id, this.asked.kind(), this.asked.queue(), this.asked.payload(), this.asked.priority(),
				this.attempt, this.maxAttempts, this.runAt, createdAt, null, this.metadata);
	}

	int crashes() {
		return this.crashes;
	}

	JobState state(Hours hours) {
		return switch (this.place) {
			case LIVE -> (this.leaseEnd != null && !hours.past(this.leaseEnd)) ? JobState.RUNNING : JobState.AVAILABLE;
			case SUCCEEDED -> JobState.SUCCEEDED;
			case CANCELLED -> JobState.CANCELLED;
			case DEAD -> JobState.DEAD;
			case NOWHERE -> throw new IllegalStateException("Deleted");
		};
	}

	/** The job as it stands in the tables. */
	Row row(Hours hours) {
		return new Row(this.id.value(), this.place, this.asked.queue(), this.asked.kind(), this.asked.payload(),
				this.asked.priority(), (this.asked.uniqueKey() != null) ? this.asked.uniqueKey().value() : null,
				this.runAt, this.attempt, this.maxAttempts, this.leaseNo, this.crashes,
				(this.lease != null) ? this.lease.owner() : null,
				(this.leaseEnd != null) ? hours.of(this.leaseEnd) : null, this.cancelRequested, this.progress,
				this.note, this.reason, String.join(", ", this.errors),
				this.crashOwners.stream().map(String::valueOf).collect(Collectors.joining(", ")),
				String.join(", ", this.lines.values()));
	}

}

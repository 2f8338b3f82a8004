package io.tasuki.benchmarks.soak.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tasuki.benchmarks.soak.ledger.QueueRow.Place;
import io.tasuki.benchmarks.soak.load.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Books of small soaks. A job's number is its id, and moments are seconds since the load
 * began.
 */
final class BooksBuilder {

	private static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");

	private final List<Expected> expected = new ArrayList<>();

	private final List<Run> runs = new ArrayList<>();

	private final List<Effect> effects = new ArrayList<>();

	private final List<QueueRow> rows = new ArrayList<>();

	private final List<Incident> incidents = new ArrayList<>();

	private final List<String> surprises = new ArrayList<>();

	static Instant second(double seconds) {
		return BEGIN.plus(Duration.ofMillis((long) (seconds * 1_000)));
	}

	BooksBuilder expect(long job, Kind kind) {
		this.expected.add(new Expected(job, job, kind, null, BEGIN));
		return this;
	}

	BooksBuilder expectUnique(long job, String key) {
		this.expected.add(new Expected(job, job, Kind.UNIQUE, key, BEGIN));
		return this;
	}

	BooksBuilder run(long job, int process, int attempt, double start, double end) {
		return run(job, process, attempt, start, second(end), true);
	}

	BooksBuilder failedRun(long job, int process, int attempt, double start, double end) {
		return run(job, process, attempt, start, second(end), false);
	}

	BooksBuilder brokenRun(long job, int process, int attempt, double start) {
		return run(job, process, attempt, start, null, false);
	}

	private BooksBuilder run(long job, int process, int attempt, double start, @Nullable Instant end, boolean done) {
		this.runs.add(new Run(process, job, job, attempt, second(start), end, done));
		return this;
	}

	BooksBuilder effect(long job, int attempt) {
		this.effects.add(new Effect(job, job, attempt));
		return this;
	}

	BooksBuilder row(long job, Place place, int attempt) {
		this.rows.add(new QueueRow(job, place, attempt, false));
		return this;
	}

	BooksBuilder deadByCrashes(long job) {
		this.rows.add(new QueueRow(job, Place.DEAD, 1, true));
		return this;
	}

	BooksBuilder incident(@Nullable Integer process, double from, double until, Long... carried) {
		this.incidents.add(new Incident("incident", second(from), second(until), process, Set.of(carried)));
		return this;
	}

	BooksBuilder surprise(String what) {
		this.surprises.add(what);
		return this;
	}

	Books build() {
		return new Books(this.expected, this.runs, this.effects, this.rows, this.incidents, this.surprises);
	}

}

package io.tasuki.benchmarks.comparison.process;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.tasuki.benchmarks.comparison.contestant.Commits;
import io.tasuki.benchmarks.comparison.contestant.Ledger;

/**
 * What became of consecutive jobs. Each JVM has a trace of what it did; together they are
 * the whole truth.
 */
public final class Trace {

	private final int first;

	private final int[] runs;

	private final long[] startedAt;

	private final long[] committedAt;

	private Trace(int first, int count) {
		this.first = first;
		this.runs = new int[count];
		this.startedAt = new long[count];
		this.committedAt = new long[count];
	}

	static Trace of(Ledger ledger, Commits commits, int first, int count) {
		Trace trace = new Trace(first, count);
		for (int i = 0; i < count; i++) {
			trace.runs[i] = ledger.runs(first + i);
			trace.startedAt[i] = ledger.startedAt(first + i);
			trace.committedAt[i] = commits.committedAt(first + i);
		}
		return trace;
	}

	void write(Path file) {
		try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
			out.writeInt(this.first);
			out.writeInt(this.runs.length);
			for (int i = 0; i < this.runs.length; i++) {
				out.writeInt(this.runs[i]);
				out.writeLong(this.startedAt[i]);
				out.writeLong(this.committedAt[i]);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Trace read(Path file) {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			Trace trace = new Trace(in.readInt(), in.readInt());
			for (int i = 0; i < trace.runs.length; i++) {
				trace.runs[i] = in.readInt();
				trace.startedAt[i] = in.readLong();
				trace.committedAt[i] = in.readLong();
			}
			return trace;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns this trace together with that of another JVM, of the same jobs.
	 */
	public Trace and(Trace other) {
		if (this.first != other.first || this.runs.length != other.runs.length) {
			throw new IllegalArgumentException("Not traces of the same jobs");
		}
		Trace both = new Trace(this.first, this.runs.length);
		for (int i = 0; i < this.runs.length; i++) {
			both.runs[i] = this.runs[i] + other.runs[i];
			both.startedAt[i] = earlier(this.startedAt[i], other.startedAt[i]);
			both.committedAt[i] = earlier(this.committedAt[i], other.committedAt[i]);
		}
		return both;
	}

	// 0 stands for never.
	private static long earlier(long one, long other) {
		return (one == 0 || other == 0) ? Math.max(one, other) : Math.min(one, other);
	}

	/**
	 * Checks that each job ran exactly once.
	 * @return this
	 * @throws IllegalStateException if one did not
	 */
	public Trace checkOnce() {
		long never = IntStream.of(this.runs).filter((count) -> count == 0).count();
		long often = IntStream.of(this.runs).filter((count) -> count > 1).count();
		if (never + often > 0) {
			throw new IllegalStateException(
					"Of %d jobs %d never ran and %d ran more than once, the first of them job %d"
						.formatted(this.runs.length, never, often, firstWrong()));
		}
		return this;
	}

	private int firstWrong() {
		return this.first + IntStream.range(0, this.runs.length).filter((i) -> this.runs[i] != 1).findFirst().orElse(0);
	}

	/**
	 * Returns when the first of the jobs began to run; 0 if none did.
	 */
	public long firstStart() {
		return LongStream.of(this.startedAt).filter((start) -> start > 0).min().orElse(0);
	}

	/**
	 * Returns the time from commit to start of each job, in microseconds. Below 0 if the
	 * job was seen before its producer heard of the commit.
	 */
	public long[] waits() {
		return IntStream.range(0, this.runs.length).mapToLong((i) -> this.startedAt[i] - this.committedAt[i]).toArray();
	}

	/**
	 * Returns the time from a moment to the start of each job, in microseconds.
	 */
	public long[] waitsSince(long moment) {
		return LongStream.of(this.startedAt).map((start) -> start - moment).toArray();
	}

}

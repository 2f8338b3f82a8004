package io.tasuki.store;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a handler said of its job and what is not known to be written. To write it twice
 * is to write it once.
 *
 * @param lease the job's lease
 * @param progress how far the job has come; {@code null} for no news
 * @param lines the latest lines, oldest first
 * @param metadata all the metadata that the job is to have; {@code null} for no news
 */
public record Report(Lease lease, @Nullable Progress progress, List<Line> lines,
		@Nullable Map<String, String> metadata) {

	public Report {
		lines = List.copyOf(lines);
		metadata = (metadata != null) ? Map.copyOf(metadata) : null;
	}

	/**
	 * Creates a report of progress alone.
	 */
	public Report(Lease lease, int percent, @Nullable String note) {
		this(lease, new Progress(percent, note), List.of(), null);
	}

	/**
	 * How far a job has come.
	 *
	 * @param percent from 0 to 100
	 * @param note a few words; {@code null} for none
	 */
	public record Progress(int percent, @Nullable String note) {

	}

	/**
	 * A line for the job's history. Its two numbers tell it from every other line of the
	 * job.
	 *
	 * @param leaseNo number of the lease under which the job was claimed
	 * @param number of the line among those since then, growing
	 * @param saidAt the {@link System#nanoTime()} at which the handler said it
	 * @param text the line
	 */
	public record Line(int leaseNo, int number, long saidAt, String text) {

	}

}

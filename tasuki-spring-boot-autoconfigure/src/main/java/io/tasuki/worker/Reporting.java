package io.tasuki.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tasuki.Job;
import io.tasuki.LogLine;
import io.tasuki.Names;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import io.tasuki.store.Report;
import org.jspecify.annotations.Nullable;

/**
 * What a handler said of its job, until it is known to be written: the latest progress,
 * as many lines as are kept of a job, and its metadata. It is handed out again and again
 * until then, to the heartbeat and with the outcome, because writing it twice does no
 * harm. Safe for use by many threads.
 */
final class Reporting {

	/** Such entries of metadata are ours. */
	private static final String RESERVED = "tasuki.";

	private final Job job;

	private final int leaseNo;

	private final Deque<Report.Line> lines = new ArrayDeque<>();

	private int lineCount;

	private Report.@Nullable Progress progress;

	private Map<String, String> metadata;

	private boolean metadataChanged;

	Reporting(ClaimedJob claimed) {
		this.job = claimed.job();
		this.leaseNo = claimed.lease().leaseNo();
		this.metadata = this.job.metadata();
	}

	synchronized void progress(int percent, @Nullable String note) {
		this.progress = new Report.Progress(percent, note);
	}

	synchronized void log(String text) {
		if (this.lines.size() == LogLine.MAX_LINES) {
			this.lines.removeFirst();
		}
		this.lineCount++;
		this.lines.addLast(new Report.Line(this.leaseNo, this.lineCount, System.nanoTime(), text));
	}

	synchronized void metadata(String name, @Nullable String value) {
		Map<String, String> metadata = new HashMap<>(this.metadata);
		if (value != null) {
			metadata.put(name, value);
		}
		else {
			metadata.remove(name);
		}
		check(name, (value != null) ? metadata : Map.of());
		if (!metadata.equals(this.metadata)) {
			this.metadata = Map.copyOf(metadata);
			this.metadataChanged = true;
		}
	}

	/** What is shortened need not be short enough yet: others may have written it. */
	private void check(String name, Map<String, String> metadata) {
		if (name.startsWith(RESERVED)) {
			throw refused("Metadata whose name begins with '%s', as '%s' does, is not for handlers".formatted(RESERVED,
					RetryPolicy.cut(name, Names.MAX_LENGTH)), null);
		}
		try {
			Names.checkMetadata(metadata);
		}
		catch (IllegalArgumentException ex) {
			throw refused(ex.getMessage(), ex);
		}
	}

	private IllegalArgumentException refused(@Nullable String why, @Nullable Throwable cause) {
		return new IllegalArgumentException("%s. This was asked for by %s".formatted(why, this.job), cause);
	}

	/**
	 * Returns what is not known to be written; {@code null} if all is.
	 */
	synchronized @Nullable Report unwritten(Lease lease) {
		if (this.progress == null && this.lines.isEmpty() && !this.metadataChanged) {
			return null;
		}
		return new Report(lease, this.progress, List.copyOf(this.lines), (this.metadataChanged) ? this.metadata : null);
	}

	/**
	 * Forgets what was written, but not what was said since.
	 */
	synchronized void written(Report report) {
		if (report.progress() == this.progress) {
			this.progress = null;
		}
		List<Report.Line> written = report.lines();
		int last = (written.isEmpty()) ? 0 : written.get(written.size() - 1).number();
		while (!this.lines.isEmpty() && this.lines.getFirst().number() <= last) {
			this.lines.removeFirst();
		}
		if (this.metadata.equals(report.metadata())) {
			this.metadataChanged = false;
		}
	}

}

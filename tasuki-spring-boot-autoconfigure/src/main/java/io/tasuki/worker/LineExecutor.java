package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor that queues or handlers name, and the lines whose jobs run there. Jobs that
 * it refuses wait in their lines, until one of its jobs ends or the poller asks again.
 * Guarded by the lock of {@link Slots}, but for {@link #execute}.
 */
final class LineExecutor {

	private static final Logger logger = LoggerFactory.getLogger(LineExecutor.class);

	private final String name;

	private final Executor executor;

	private final List<Line> lines = new ArrayList<>();

	private final QuietLog log = new QuietLog();

	private boolean refusing;

	LineExecutor(String name, Executor executor) {
		this.name = name;
		this.executor = executor;
	}

	void share(Line line) {
		this.lines.add(line);
	}

	List<Line> lines() {
		return this.lines;
	}

	/**
	 * Returns how many jobs wait in its lines.
	 */
	int waiting() {
		return this.lines.stream().mapToInt(Line::waiting).sum();
	}

	/**
	 * Runs a command on a thread of this executor.
	 * @throws RuntimeException if it is refused
	 */
	void execute(Runnable command) {
		this.executor.execute(command);
	}

	/**
	 * Returns whether it refused the latest command, and no job of it has ended since.
	 */
	boolean refusing() {
		return this.refusing;
	}

	void refuses(boolean refusing) {
		this.refusing = refusing;
	}

	/**
	 * Says, but seldom, that jobs wait because this executor refuses them.
	 */
	void logRefusal(HeldJob job, Throwable ex) {
		if (this.log.mayWrite()) {
			logger.error(
					"Executor '{}' refused to run {}; it and others wait, uncharged, until the executor takes "
							+ "them. Limit the concurrency of its queue or its handlers to the threads it has",
					this.name, job.job(), ex);
		}
	}

}

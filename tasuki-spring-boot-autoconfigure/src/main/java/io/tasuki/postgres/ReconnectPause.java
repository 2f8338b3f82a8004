package io.tasuki.postgres;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try to connect: longer each time up to a limit, and
 * scattered so that many instances do not come back in step. For one thread.
 */
final class ReconnectPause {

	private static final Duration FIRST = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(5);

	private Duration upTo = FIRST;

	Duration next() {
		long most = this.upTo.toNanos();
		Duration doubled = this.upTo.multipliedBy(2);
		this.upTo = (doubled.compareTo(LONGEST) < 0) ? doubled : LONGEST;
		return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
	}

	void reset() {
		this.upTo = FIRST;
	}

}

package io.tasuki.benchmarks.soak.load;

import java.util.Random;

import io.tasuki.JobRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs are enqueued, in which proportion. Those that take a process down are not
 * among them: each costs the start of a JVM.
 */
final class Mix {

	/** A queue whose jobs have few slots, beside one that has many. */
	private static final String SLOW_QUEUE = "slow";

	private static final int UNIQUE_KEYS = 12;

	private final Random random;

	Mix(Random random) {
		this.random = random;
	}

	Kind kind() {
		int percent = this.random.nextInt(100);
		if (percent < 78) {
			return Kind.FAST;
		}
		return switch ((percent - 78) / 2) {
			case 0 -> Kind.SLOW;
			case 1 -> Kind.FAILING;
			case 2, 3 -> Kind.UNIQUE;
			case 4, 5 -> Kind.DELAYED;
			case 6 -> (percent % 2 == 0) ? Kind.UNDONE : Kind.HOPELESS;
			default -> Kind.TRANSACTIONAL;
		};
	}

	@Nullable String uniqueKey(Kind kind) {
		return (kind == Kind.UNIQUE) ? "key-" + this.random.nextInt(UNIQUE_KEYS) : null;
	}

	JobRequest<Long> request(Kind kind, long number, @Nullable String uniqueKey) {
		JobRequest<Long> request = JobRequest.of(kind.word(), number).withPriority(4 + this.random.nextInt(3));
		if (uniqueKey != null) {
			request = request.withUniqueKey(uniqueKey);
		}
		return switch (kind) {
			case SLOW -> request.withQueue(SLOW_QUEUE);
			case HOPELESS -> request.withMaxAttempts(Kind.HOPELESS_ATTEMPTS);
			case DELAYED -> request.withDelay(kind.delay(number));
			default -> request;
		};
	}

}

package io.tasuki.worker;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What the database answered last. It is asked again only when that was a while ago, by
 * one thread at a time, for which the others wait.
 *
 * @param <T> the answer
 */
final class RecentAnswer<T> {

	private final Supplier<T> question;

	private final long longestAge;

	private final LongSupplier nanoTime;

	private @Nullable T answer;

	private long answeredAt;

	RecentAnswer(Supplier<T> question, Duration longestAge, LongSupplier nanoTime) {
		this.question = question;
		this.longestAge = longestAge.toNanos();
		this.nanoTime = nanoTime;
	}

	synchronized T get() {
		T known = this.answer;
		if (known != null && this.nanoTime.getAsLong() - this.answeredAt < this.longestAge) {
			return known;
		}
		T answer = this.question.get();
		this.answer = answer;
		this.answeredAt = this.nanoTime.getAsLong();
		return answer;
	}

}

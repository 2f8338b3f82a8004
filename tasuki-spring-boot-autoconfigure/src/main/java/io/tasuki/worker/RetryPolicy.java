package io.tasuki.worker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.tasuki.Admission;
import io.tasuki.Backoff;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.RetryRules;
import io.tasuki.UnreadablePayloadException;
import io.tasuki.store.Completion.Failure;
import io.tasuki.store.Outcome;
import io.tasuki.store.WorkerName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a job from how its attempt ended: functions of their arguments
 * and the settings that change nothing.
 */
final class RetryPolicy {

	/** Wait before the next attempt when the usual wait cannot be worked out. */
	static final Duration LAST_RESORT = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(RetryPolicy.class);

	private static final int MAX_MESSAGE = 2_000;

	private static final int MAX_STACK_TRACE = 8_000;

	private final int maxAttempts;

	private final Backoff backoff;

	private final Map<String, Backoff> queueBackoff;

	private final int maxCrashes;

	private final @Nullable Duration timeout;

	RetryPolicy(WorkerSettings settings) {
		this.maxAttempts = settings.maxAttempts();
		this.backoff = settings.backoff();
		this.queueBackoff = settings.queueBackoff();
		this.maxCrashes = settings.maxCrashes();
		this.timeout = settings.handlerTimeout();
	}

	/**
	 * A handler returned.
	 */
	Verdict returned(HeldJob job, JobResult result) {
		if (result instanceof JobResult.Done done) {
			return new Verdict(new Outcome.Succeeded(done.result()), null);
		}
		if (result instanceof JobResult.Snooze snooze) {
			return new Verdict(new Outcome.Snoozed(snooze.delay()), null);
		}
		if (result instanceof JobResult.Cancel cancel) {
			return new Verdict(new Outcome.Cancelled(shortened(cancel.reason())), null);
		}
		if (result instanceof JobResult.Fail fail) {
			return dead(job, fail.reason(), new Failure("fail", shortened(fail.reason()), null));
		}
		return again(job, (JobResult.Retry) result, new Failure("retry", "The handler asked for a retry", null));
	}

	/**
	 * A handler threw.
	 */
	Verdict threw(HeldJob job, Throwable thrown) {
		Failure failure = failure(thrown);
		if (thrown instanceof UnreadablePayloadException) {
			return dead(job, "The payload cannot be read: " + failure.message(), failure);
		}
		RetryRules rules = job.registration().retries().rules();
		Class<?> rule = (rules != null) ? rules.refusing(thrown) : null;
		if (rule != null) {
			return dead(job, "%s is not retried, by noRetryFor %s: %s".formatted(failure.type(), rule.getName(),
					failure.message()), failure);
		}
		return again(job, new JobResult.Retry(null, null), failure);
	}

	/**
	 * A handler returned as if it were done, but its transaction had to be rolled back.
	 */
	Verdict rolledBack(HeldJob job) {
		return again(job, new JobResult.Retry(null, null), new Failure("rollback",
				"The handler's transaction was marked rollback-only, so its writes are undone", null));
	}

	/**
	 * A gate did not let a job start.
	 */
	Verdict refused(HeldJob job, Admission admission) {
		if (admission instanceof Admission.Cancel cancel) {
			return new Verdict(new Outcome.Cancelled(shortened(cancel.reason())), null);
		}
		if (admission instanceof Admission.Retry retry) {
			return again(job, new JobResult.Retry(null, null), new Failure("gate", shortened(retry.reason()), null));
		}
		// As if it had never been claimed: a suspect stays one.
		Admission.Defer defer = (Admission.Defer) admission;
		return new Verdict(new Outcome.HandedBack(job.claimed().crashes(), defer.delay()), null);
	}

	/**
	 * Returns how long an attempt may take; {@code null} for no limit.
	 */
	@Nullable Duration timeout(HeldJob job) {
		Duration own = job.registration().execution().timeout();
		return (own != null) ? own : this.timeout;
	}

	/**
	 * An attempt took longer than it may.
	 * @param where what it threw when it was asked to stop, or where its thread stands
	 */
	Verdict timedOut(HeldJob job, Throwable where) {
		Duration limit = timeout(job);
		String message = "It ran longer than its timeout" + ((limit != null) ? " of " + text(limit) : "");
		return again(job, new JobResult.Retry(null, null),
				new Failure("timeout", message, failure(where).stackTrace()));
	}

	/**
	 * Writes a duration as it stands in configuration: {@code 30s}, {@code 1m30s}.
	 */
	static String text(Duration duration) {
		return duration.toString().substring(2).toLowerCase(Locale.ROOT);
	}

	private Verdict again(HeldJob job, JobResult.Retry retry, Failure failure) {
		int attempt = job.job().attempt();
		int max = maxAttempts(job);
		if (attempt >= max) {
			return dead(job, "Attempt %d of %d failed: %s".formatted(attempt, max, failure.message()), failure);
		}
		if (retry.delay() != null || retry.runAt() != null) {
			return new Verdict(new Outcome.Retry(retry.delay(), retry.runAt()), failure);
		}
		return new Verdict(new Outcome.Retry(wait(job, attempt), null), failure);
	}

	private Duration wait(HeldJob job, int attempt) {
		Duration wait;
		try {
			wait = backoff(job).after(attempt);
			Objects.requireNonNull(wait, "The backoff returned no wait");
		}
		catch (RuntimeException | Error ex) {
			logger.warn("The backoff for {} failed, so the next attempt is in {}", job.job(), LAST_RESORT, ex);
			return LAST_RESORT;
		}
		if (wait.isNegative()) {
			return Duration.ZERO;
		}
		return (wait.compareTo(JobRequest.MAX_DELAY) > 0) ? JobRequest.MAX_DELAY : wait;
	}

	private Backoff backoff(HeldJob job) {
		Backoff own = job.registration().retries().backoff();
		return (own != null) ? own : this.queueBackoff.getOrDefault(job.job().queue(), this.backoff);
	}

	private Verdict dead(HeldJob job, String reason, Failure failure) {
		return new Verdict(new Outcome.Dead(shortened(reason), maxAttempts(job)), failure);
	}

	/**
	 * Returns whether a job has taken down as many workers as it may, so that it may not
	 * start once more.
	 */
	boolean tookDownAllItMay(HeldJob job) {
		return job.claimed().crashes() >= this.maxCrashes;
	}

	/**
	 * A job has taken down as many workers as it may.
	 * @param workers those that are known, oldest first
	 */
	Verdict crashed(HeldJob job, List<WorkerName> workers) {
		int crashes = job.claimed().crashes();
		String reason = "Its worker died %d times while it held it, which is all it may%s".formatted(crashes,
				named(workers, crashes));
		return dead(job, reason, new Failure("crash", shortened(reason), null));
	}

	/** More workers than crashes: an older instance reset the count without the names. */
	private static String named(List<WorkerName> workers, int crashes) {
		if (workers.isEmpty()) {
			return "";
		}
		String names = workers.stream()
			.skip(Math.max(0, workers.size() - crashes))
			.map(WorkerName::value)
			.collect(Collectors.joining(", "));
		return ((workers.size() < crashes) ? ", among others: " : ": ") + names;
	}

	private int maxAttempts(HeldJob job) {
		Integer own = job.job().maxAttempts();
		Integer handlers = job.registration().retries().maxAttempts();
		return Objects.requireNonNullElse(own, Objects.requireNonNullElse(handlers, this.maxAttempts));
	}

	private static Failure failure(Throwable thrown) {
		StringWriter trace = new StringWriter();
		String message;
		try {
			message = Objects.requireNonNullElse(thrown.getMessage(), thrown.getClass().getSimpleName());
			thrown.printStackTrace(new PrintWriter(trace));
		}
		catch (Throwable ex) {
			// An exception that fails to describe itself must still end its attempt.
			message = thrown.getClass().getName();
		}
		return new Failure(thrown.getClass().getName(), shortened(message), cut(trace.toString(), MAX_STACK_TRACE));
	}

	private static String shortened(String text) {
		return cut(text, MAX_MESSAGE);
	}

	static String cut(String text, int length) {
		String storable = text.replace('\0', '\uFFFD');
		if (storable.length() <= length) {
			return storable;
		}
		int end = Character.isHighSurrogate(storable.charAt(length - 1)) ? length - 1 : length;
		return storable.substring(0, end) + "…";
	}

	/**
	 * What becomes of a job.
	 *
	 * @param outcome how its attempt ended
	 * @param failure what went wrong; {@code null} when nothing did
	 */
	record Verdict(Outcome outcome, @Nullable Failure failure) {

	}

}

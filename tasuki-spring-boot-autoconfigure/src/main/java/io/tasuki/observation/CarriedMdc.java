package io.tasuki.observation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.tasuki.BatchInterceptor;
import io.tasuki.BatchResult;
import io.tasuki.EnqueuedJob;
import io.tasuki.Handler;
import io.tasuki.JobContext;
import io.tasuki.JobInterceptor;
import io.tasuki.JobResult;
import io.tasuki.client.EnqueueCall;
import io.tasuki.client.EnqueueInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Has jobs carry chosen entries of the MDC, from where they are enqueued to where they
 * run. A batch gets those in which all its jobs agree.
 */
public final class CarriedMdc implements EnqueueInterceptor, JobInterceptor, BatchInterceptor {

	private static final String PREFIX = "tasuki.mdc.";

	/** Longest key, in characters. */
	private static final int MAX_LENGTH = 100;

	private final String[] keys;

	private final String[] names;

	/**
	 * Creates an interceptor.
	 * @param keys keys of the entries that jobs carry
	 * @throws IllegalArgumentException if one cannot be carried
	 */
	public CarriedMdc(List<String> keys) {
		keys.forEach(CarriedMdc::check);
		this.keys = keys.toArray(String[]::new);
		this.names = keys.stream().map(PREFIX::concat).toArray(String[]::new);
	}

	/**
	 * Accepts any key that can be carried.
	 * @throws IllegalArgumentException if it is blank, too long or contains a control
	 * character
	 */
	public static void check(String key) {
		if (key.isBlank() || key.length() > MAX_LENGTH || key.chars().anyMatch(Character::isISOControl)) {
			throw new IllegalArgumentException(
					"A key of the MDC that jobs carry must have from 1 to %d characters, none of them a control character"
						.formatted(MAX_LENGTH));
		}
	}

	@Override
	public List<EnqueuedJob> intercept(EnqueueCall call) {
		for (int i = 0; i < this.keys.length; i++) {
			String value = MDC.get(this.keys[i]);
			if (value != null) {
				call.carry(this.names[i], value);
			}
		}
		return call.proceed();
	}

	@Override
	public JobResult intercept(JobContext context, Handler next) throws Exception {
		return restored(List.of(context), () -> next.handle(context));
	}

	@Override
	public BatchResult intercept(List<JobContext> batch, Callable<BatchResult> next) throws Exception {
		return restored(batch, next);
	}

	private <T> T restored(List<JobContext> jobs, Callable<T> attempt) throws Exception {
		@Nullable String[] before = new String[this.keys.length];
		for (int i = 0; i < this.keys.length; i++) {
			before[i] = MDC.get(this.keys[i]);
			set(this.keys[i], carried(jobs, this.names[i]));
		}
		try {
			return attempt.call();
		}
		finally {
			for (int i = 0; i < this.keys.length; i++) {
				set(this.keys[i], before[i]);
			}
		}
	}

	private static @Nullable String carried(List<JobContext> jobs, String name) {
		String value = metadata(jobs.get(0)).get(name);
		for (int i = 1; i < jobs.size() && value != null; i++) {
			value = Objects.equals(value, metadata(jobs.get(i)).get(name)) ? value : null;
		}
		return value;
	}

	private static Map<String, String> metadata(JobContext context) {
		return context.job().metadata();
	}

	private static void set(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}

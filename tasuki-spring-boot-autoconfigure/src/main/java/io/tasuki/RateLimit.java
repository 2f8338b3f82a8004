package io.tasuki;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Most jobs that may start within any stretch of time of one length. That many may start
 * at once; the next one then waits until the first of them lies a whole period back.
 *
 * @param starts how many jobs, from 1 to 100 000
 * @param period length of the stretch of time, from a millisecond to a day
 */
public record RateLimit(int starts, Duration period) {

	/** Most jobs of a rate limit, which remembers the time of each. */
	public static final int MAX_STARTS = 100_000;

	private static final Duration MIN_PERIOD = Duration.ofMillis(1);

	private static final Duration MAX_PERIOD = Duration.ofDays(1);

	private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\d{0,9})(ms|s|m|h|d)");

	public RateLimit {
		Objects.requireNonNull(period, "'period' must not be null");
		if (starts < 1 || starts > MAX_STARTS) {
			throw new IllegalArgumentException(
					"Rate limit must be from 1 to %d jobs in its period, not %d".formatted(MAX_STARTS, starts));
		}
		if (period.compareTo(MIN_PERIOD) < 0 || period.compareTo(MAX_PERIOD) > 0) {
			throw new IllegalArgumentException(
					"Period of a rate limit must be from 1ms to 1d, not %s".formatted(period));
		}
	}

	/**
	 * Reads a rate limit.
	 * @param text such as {@code 100/s}, {@code 10/m} or {@code 5/30s}; the units are
	 * {@code ms}, {@code s}, {@code m}, {@code h} and {@code d}
	 * @throws IllegalArgumentException if the text is none
	 */
	public static RateLimit of(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"Rate limit must look like 100/s, 10/m or 5/30s (units ms, s, m, h, d), not '%s'".formatted(text));
		}
		long length = matcher.group(2).isEmpty() ? 1 : Long.parseLong(matcher.group(2));
		Duration unit = switch (matcher.group(3)) {
			case "ms" -> Duration.ofMillis(1);
			case "s" -> Duration.ofSeconds(1);
			case "m" -> Duration.ofMinutes(1);
			case "h" -> Duration.ofHours(1);
			default -> Duration.ofDays(1);
		};
		return new RateLimit(Integer.parseInt(matcher.group(1)), unit.multipliedBy(length));
	}

}

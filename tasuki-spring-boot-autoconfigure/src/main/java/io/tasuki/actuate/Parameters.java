package io.tasuki.actuate;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

import io.tasuki.JobId;
import io.tasuki.JobPageRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Reads what operators pass on: text, whatever it means. What is blank was not given, for
 * a JMX console cannot leave a text out.
 */
final class Parameters {

	/** Jobs on a page of which no size is asked for. */
	static final int DEFAULT_SIZE = 50;

	private Parameters() {
	}

	static @Nullable String text(@Nullable String value) {
		return (value != null && !value.isBlank()) ? value : null;
	}

	static String required(String name, @Nullable String value) {
		String text = text(value);
		if (text == null) {
			throw refused("'%s' is missing: say which one is meant".formatted(name));
		}
		return text;
	}

	static JobId jobId(@Nullable String value) {
		try {
			return new JobId(Long.parseLong(required("id", value).strip()));
		}
		catch (IllegalArgumentException ex) {
			throw refused("'%s' is not the id of a job: ids are numbers from 1 on".formatted(value));
		}
	}

	static JobPageRequest page(@Nullable String size, @Nullable String after) {
		String text = text(size);
		return new JobPageRequest((text != null) ? size(text.strip()) : DEFAULT_SIZE, text(after));
	}

	private static int size(String value) {
		// Four digits at most, so that every number can be told.
		int size = (value.matches("\\d{1,4}")) ? Integer.parseInt(value) : 0;
		if (size < 1 || size > JobPageRequest.MAX_SIZE) {
			throw refused("'size' must be a number from 1 to %d, not '%s': further jobs are on the next page"
				.formatted(JobPageRequest.MAX_SIZE, value));
		}
		return size;
	}

	static boolean flag(String name, @Nullable String value, boolean unless) {
		String text = text(value);
		if (text == null) {
			return unless;
		}
		return switch (text.strip().toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw refused("'%s' must be true or false, not '%s'".formatted(name, value));
		};
	}

	static @Nullable Instant instant(String name, @Nullable String value) {
		String text = text(value);
		try {
			return (text != null) ? Instant.parse(text.strip()) : null;
		}
		catch (DateTimeException ex) {
			throw refused("'%s' must be a moment such as 2026-11-22T12:00:00Z, not '%s'".formatted(name, value));
		}
	}

	static @Nullable Duration duration(String name, @Nullable String value) {
		String text = text(value);
		try {
			return (text != null) ? DurationFormatterUtils.detectAndParse(text.strip()) : null;
		}
		catch (IllegalArgumentException | ArithmeticException | DateTimeException ex) {
			throw refused("'%s' must be a duration such as 90s, 15m or PT1H30M, not '%s'".formatted(name, value));
		}
	}

	/**
	 * Has bad input refused that only becomes known underneath.
	 */
	static <T> T check(Supplier<T> use) {
		try {
			return use.get();
		}
		catch (IllegalArgumentException ex) {
			throw refused(String.valueOf(ex.getMessage()));
		}
	}

	static InvalidEndpointRequestException refused(String message) {
		return new InvalidEndpointRequestException(message, message);
	}

}

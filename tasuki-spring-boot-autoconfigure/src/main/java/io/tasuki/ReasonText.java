package io.tasuki;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words of the sentences that a {@link JobReason} says. */
final class ReasonText {

	private static final int MOST_NAMES = 10;

	private static final int LONGEST_ERROR = 300;

	private static final Duration EXACT = Duration.ofSeconds(10);

	private ReasonText() {
	}

	/**
	 * Says a duration, to the millisecond if it is short.
	 */
	static String of(Duration duration) {
		Duration shown = (duration.compareTo(EXACT) < 0) ? Duration.ofMillis(duration.toMillis())
				: Duration.ofSeconds(duration.toSeconds());
		return shown.toString().substring(2).toLowerCase(Locale.ROOT);
	}

	static String of(AttemptError error) {
		String text = (error.message().isBlank()) ? error.type() : error.type() + ": " + error.message();
		return (text.length() > LONGEST_ERROR) ? text.substring(0, LONGEST_ERROR) + "…" : text;
	}

	/**
	 * Says the first names of some, and how many there are more.
	 */
	static String list(String separator, Collection<?> names) {
		String shown = names.stream().limit(MOST_NAMES).map(String::valueOf).collect(Collectors.joining(separator));
		return (names.size() > MOST_NAMES) ? "%s%s%d more".formatted(shown, separator, names.size() - MOST_NAMES)
				: shown;
	}

}

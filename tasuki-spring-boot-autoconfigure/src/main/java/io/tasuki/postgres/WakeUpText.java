package io.tasuki.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;

/**
 * Wake-ups as the text of a notification: who sends it, then one line per wake-up. The
 * separators are control characters, which no queue's name contains.
 *
 * @param sender random id of the sending instance; empty when it cannot be told
 * @param all whether there may be work anywhere
 * @param wakeUps where there is work
 */
record WakeUpText(String sender, boolean all, List<WakeUp> wakeUps) {

	// PostgreSQL takes texts shorter than 8000 bytes.
	private static final int MAX_BYTES = 7900;

	private static final char LINE = '\u001e';

	private static final char FIELD = '\u001f';

	private static final String ALL = "*";

	private static final String SELF_TEST = "?";

	/**
	 * Returns the text; one that says "all" when it would be too long.
	 */
	static String encode(String sender, List<WakeUp> wakeUps) {
		StringBuilder text = new StringBuilder(sender);
		for (WakeUp wakeUp : wakeUps) {
			append(text, wakeUp);
			if (text.length() > MAX_BYTES) {
				return encodeAll(sender);
			}
		}
		String encoded = text.toString();
		return (encoded.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) ? encodeAll(sender) : encoded;
	}

	private static void append(StringBuilder text, WakeUp wakeUp) {
		text.append(LINE).append(wakeUp.queue());
		text.append(FIELD).append(wakeUp.priority());
		text.append(FIELD).append(micros(wakeUp.position().runAt()));
		text.append(FIELD).append(wakeUp.position().id());
		text.append(FIELD).append(micros(wakeUp.dueIn()));
	}

	// By hand, because what the JDK offers goes by way of nanoseconds, which end in 2262.
	private static long micros(Instant moment) {
		return moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000;
	}

	private static long micros(Duration duration) {
		return duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000;
	}

	static String encodeAll(String sender) {
		return sender + LINE + ALL;
	}

	/**
	 * Returns a text that wakes nobody, for a listener to find out whether it hears.
	 */
	static String encodeSelfTest(String sender, long number) {
		return sender + LINE + SELF_TEST + number;
	}

	/**
	 * Reads a text. What cannot be read, as when somebody notifies by hand, means "all".
	 */
	static WakeUpText decode(String text) {
		int end = text.indexOf(LINE);
		if (end < 0) {
			return new WakeUpText("", true, List.of());
		}
		String sender = text.substring(0, end);
		List<WakeUp> wakeUps = new ArrayList<>();
		for (String line : text.substring(end + 1).split(String.valueOf(LINE))) {
			if (line.startsWith(SELF_TEST) && line.indexOf(FIELD) < 0) {
				continue;
			}
			try {
				wakeUps.add(wakeUp(line.split(String.valueOf(FIELD))));
			}
			catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
				return new WakeUpText(sender, true, List.of());
			}
		}
		return new WakeUpText(sender, false, wakeUps);
	}

	private static WakeUp wakeUp(String[] fields) {
		Instant runAt = Instant.EPOCH.plus(Long.parseLong(fields[2]), ChronoUnit.MICROS);
		return new WakeUp(fields[0], Integer.parseInt(fields[1]), new Position(runAt, Long.parseLong(fields[3])),
				Duration.of(Long.parseLong(fields[4]), ChronoUnit.MICROS));
	}

}

package io.tasuki.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.tasuki.JobId;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;

/**
 * Wake-ups and cancel requests as the text of a notification: who sends it, then one line
 * per wake-up and one for the jobs to cancel. The separators are control characters,
 * which no queue's name contains. Instances that know nothing of a line take the text for
 * "all".
 *
 * @param sender random id of the sending instance; empty when it cannot be told
 * @param all whether there may be work anywhere, and any job may have been cancelled
 * @param wakeUps where there is work
 * @param cancelRequests jobs that somebody has cancelled
 */
record WakeUpText(String sender, boolean all, List<WakeUp> wakeUps, List<JobId> cancelRequests) {

	// PostgreSQL takes texts shorter than 8000 bytes.
	private static final int MAX_BYTES = 7900;

	private static final char LINE = '\u001e';

	private static final char FIELD = '\u001f';

	private static final String ALL = "*";

	private static final String SELF_TEST = "?";

	private static final String CANCEL = "#";

	private static final String NEXT = ",";

	/**
	 * Returns the text; one that says "all" when it would be too long.
	 */
	static String encode(String sender, List<WakeUp> wakeUps, List<JobId> cancelRequests) {
		StringBuilder text = new StringBuilder(sender);
		if (!cancelRequests.isEmpty()) {
			append(text, cancelRequests);
		}
		for (WakeUp wakeUp : wakeUps) {
			append(text, wakeUp);
			if (text.length() > MAX_BYTES) {
				return encodeAll(sender);
			}
		}
		String encoded = text.toString();
		return (encoded.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) ? encodeAll(sender) : encoded;
	}

	private static void append(StringBuilder text, List<JobId> cancelRequests) {
		text.append(LINE).append(CANCEL);
		text.append(cancelRequests.stream().map((id) -> Long.toString(id.value())).collect(Collectors.joining(NEXT)));
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
			return all("");
		}
		String sender = text.substring(0, end);
		List<WakeUp> wakeUps = new ArrayList<>();
		List<JobId> cancelRequests = new ArrayList<>();
		for (String line : text.substring(end + 1).split(String.valueOf(LINE))) {
			boolean fields = line.indexOf(FIELD) >= 0;
			if (line.startsWith(SELF_TEST) && !fields) {
				continue;
			}
			try {
				if (line.startsWith(CANCEL) && !fields) {
					cancelRequests.addAll(jobIds(line.substring(CANCEL.length())));
				}
				else {
					wakeUps.add(wakeUp(line.split(String.valueOf(FIELD))));
				}
			}
			catch (IllegalArgumentException | ArrayIndexOutOfBoundsException ex) {
				return all(sender);
			}
		}
		return new WakeUpText(sender, false, wakeUps, cancelRequests);
	}

	private static WakeUpText all(String sender) {
		return new WakeUpText(sender, true, List.of(), List.of());
	}

	private static List<JobId> jobIds(String text) {
		return Arrays.stream(text.split(NEXT)).map((id) -> new JobId(Long.parseLong(id))).toList();
	}

	private static WakeUp wakeUp(String[] fields) {
		Instant runAt = Instant.EPOCH.plus(Long.parseLong(fields[2]), ChronoUnit.MICROS);
		return new WakeUp(fields[0], Integer.parseInt(fields[1]), new Position(runAt, Long.parseLong(fields[3])),
				Duration.of(Long.parseLong(fields[4]), ChronoUnit.MICROS));
	}

}

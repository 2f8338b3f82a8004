package io.tasuki.actuate;

import java.time.Duration;

/** Says how long something lasts, for people. */
final class Ages {

	private Ages() {
	}

	static String text(Duration age) {
		if (age.toMinutes() < 1) {
			return age.toSeconds() + " s";
		}
		if (age.toHours() < 1) {
			return age.toMinutes() + " min";
		}
		return (age.toDays() < 2) ? "%d h %d min".formatted(age.toHours(), age.toMinutesPart())
				: "%d d %d h".formatted(age.toDays(), age.toHoursPart());
	}

}

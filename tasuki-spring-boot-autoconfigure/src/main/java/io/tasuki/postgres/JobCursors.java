package io.tasuki.postgres;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.tasuki.JobSummary;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a listing begins, as the text that callers pass on: the last row
 * that was looked at.
 */
final class JobCursors {

	private static final String LIVE = "live";

	private static final String DEAD = "dead";

	private static final String FINISHED = "finished";

	private JobCursors() {
	}

	static String live(long id) {
		return LIVE + "." + id;
	}

	static String live(JobSummary job) {
		return live(job.id().value());
	}

	static long live(@Nullable String cursor) {
		return (cursor != null) ? numbers(cursor, LIVE, 1)[0] : 0;
	}

	static String dead(Position position) {
		return DEAD + "." + ChronoUnit.MICROS.between(Instant.EPOCH, position.runAt()) + "." + position.id();
	}

	static String dead(JobSummary job) {
		return dead(new Position(Objects.requireNonNull(job.finishedAt()), job.id().value()));
	}

	static @Nullable Position dead(@Nullable String cursor) {
		if (cursor == null) {
			return null;
		}
		long[] numbers = numbers(cursor, DEAD, 2);
		return new Position(Instant.EPOCH.plus(numbers[0], ChronoUnit.MICROS), numbers[1]);
	}

	static String finished(ArchivePlace place) {
		return "%s.%s.%d.%d".formatted(FINISHED, place.day().format(DateTimeFormatter.BASIC_ISO_DATE), place.block(),
				place.offset());
	}

	static @Nullable ArchivePlace finished(@Nullable String cursor) {
		if (cursor == null) {
			return null;
		}
		long[] numbers = numbers(cursor, FINISHED, 3);
		try {
			LocalDate day = LocalDate.parse(Long.toString(numbers[0]), DateTimeFormatter.BASIC_ISO_DATE);
			return new ArchivePlace(day, numbers[1], Math.toIntExact(numbers[2]));
		}
		catch (DateTimeException | ArithmeticException | IllegalArgumentException ex) {
			throw unknown(cursor, FINISHED);
		}
	}

	private static long[] numbers(String cursor, String listing, int count) {
		String[] parts = cursor.split("\\.", -1);
		if (!parts[0].equals(listing) || parts.length != count + 1) {
			throw unknown(cursor, listing);
		}
		long[] numbers = new long[count];
		try {
			for (int i = 0; i < count; i++) {
				numbers[i] = Long.parseLong(parts[i + 1]);
			}
		}
		catch (NumberFormatException ex) {
			throw unknown(cursor, listing);
		}
		return numbers;
	}

	private static IllegalArgumentException unknown(String cursor, String listing) {
		String shown = (cursor.length() > 100) ? cursor.substring(0, 100) + "…" : cursor;
		return new IllegalArgumentException(
				"""
						'%s' does not continue a listing of %s jobs: pass on what the page before gave as its next, with a filter \
						of the same states"""
					.formatted(shown, listing));
	}

}

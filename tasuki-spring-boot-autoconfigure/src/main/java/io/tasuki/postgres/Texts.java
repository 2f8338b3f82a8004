package io.tasuki.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Text from outside, made so that PostgreSQL takes it: one bad character in one job's
 * error must not stop the group it is written with.
 */
final class Texts {

	private Texts() {
	}

	/**
	 * Replaces what no {@code text} can hold: the null character and halves of surrogate
	 * pairs.
	 */
	static @Nullable String storable(@Nullable String text) {
		if (text == null || text.codePoints().allMatch(Texts::isStorable)) {
			return text;
		}
		StringBuilder replaced = new StringBuilder(text.length());
		text.codePoints()
			.map((codePoint) -> (isStorable(codePoint)) ? codePoint : '\uFFFD')
			.forEach(replaced::appendCodePoint);
		return replaced.toString();
	}

	private static boolean isStorable(int codePoint) {
		return codePoint != 0 && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
	}

}

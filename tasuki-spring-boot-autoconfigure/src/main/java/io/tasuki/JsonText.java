package io.tasuki;

/**
 * What PostgreSQL cannot store though it is JSON: the rule stands here once, for payloads
 * and results.
 */
public final class JsonText {

	private static final String NUL_ESCAPE = "\\u0000";

	private JsonText() {
	}

	/**
	 * Returns whether a text in this JSON holds the character U+0000.
	 */
	public static boolean containsNul(String json) {
		int at = json.indexOf(NUL_ESCAPE);
		while (at >= 0) {
			if (isEscape(json, at)) {
				return true;
			}
			at = json.indexOf(NUL_ESCAPE, at + 1);
		}
		return json.indexOf('\0') >= 0;
	}

	// An even number of backslashes before it: it is not itself escaped.
	private static boolean isEscape(String json, int at) {
		int backslashes = 0;
		while (backslashes < at && json.charAt(at - 1 - backslashes) == '\\') {
			backslashes++;
		}
		return backslashes % 2 == 0;
	}

}

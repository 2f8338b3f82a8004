package io.tasuki.benchmarks.comparison.contestant.bare;

/** The payload, written and read by hand. */
final class BarePayload {

	private BarePayload() {
	}

	static String write(int number, String filler) {
		return "{\"number\":" + number + ",\"filler\":\"" + filler + "\"}";
	}

	/**
	 * Reads the number as {@code jsonb} gives it out: last, because keys of the same
	 * length are in alphabetical order.
	 */
	static int readNumber(String payload) {
		int end = payload.length() - 1;
		return Integer.parseInt(payload, payload.lastIndexOf(' ', end) + 1, end, 10);
	}

}

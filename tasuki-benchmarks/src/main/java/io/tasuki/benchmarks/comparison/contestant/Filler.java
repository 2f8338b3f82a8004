package io.tasuki.benchmarks.comparison.contestant;

/**
 * What makes a payload as large as it is to be.
 */
public final class Filler {

	/** Payload of a job that is enqueued for no size in particular, in bytes. */
	public static final int USUAL_PAYLOAD = 100;

	/** What a payload holds beside the filler: names, quotes, a number. */
	private static final int FRAME = 33;

	private Filler() {
	}

	/**
	 * Returns a filler that makes a JSON object of a number and itself about so many
	 * bytes long.
	 */
	public static String of(int payloadBytes) {
		return "x".repeat(Math.max(1, payloadBytes - FRAME));
	}

}

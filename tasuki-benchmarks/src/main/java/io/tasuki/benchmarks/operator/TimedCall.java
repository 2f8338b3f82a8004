package io.tasuki.benchmarks.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;

/**
 * A call that is made again and again, from the request to the last byte of the answer.
 *
 * @param name what it is called in the table
 * @param path where it goes
 * @param times how often it is made
 * @param pauseMillis how long it waits after each
 */
record TimedCall(String name, String path, int times, int pauseMillis) {

	private static final int TIMES = 25;

	private static final int PAUSE_MILLIS = 200;

	private static final int FEW_TIMES = 7;

	/** Longer than health keeps what it has seen. */
	private static final int LONG_PAUSE_MILLIS = 10_500;

	private static final int SERVER_ERROR = 500;

	/**
	 * A call that may find what the one before has kept.
	 */
	static TimedCall of(String name, String path) {
		return new TimedCall(name, path, TIMES, PAUSE_MILLIS);
	}

	/**
	 * A call that finds nothing kept.
	 */
	static TimedCall seldom(String name, String path) {
		return new TimedCall(name, path, FEW_TIMES, LONG_PAUSE_MILLIS);
	}

	/**
	 * Makes the call.
	 * @return a row of the table: the first call, the median, the longest of the others
	 * and the size of the answer
	 */
	String run(HttpClient client, String base) throws IOException, InterruptedException {
		double[] millis = new double[this.times];
		int bytes = 0;
		for (int time = 0; time < this.times; time++) {
			long begin = System.nanoTime();
			HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(URI.create(base + this.path)).build(),
					HttpResponse.BodyHandlers.ofByteArray());
			millis[time] = (System.nanoTime() - begin) / 1e6;
			bytes = answer.body().length;
			if (answer.statusCode() >= SERVER_ERROR && !this.path.equals("/health")) {
				throw new IllegalStateException(
						"%s answers %d: %s".formatted(this.path, answer.statusCode(), new String(answer.body())));
			}
			Thread.sleep(this.pauseMillis);
		}
		double[] others = Arrays.copyOfRange(millis, 1, this.times);
		Arrays.sort(others);
		return String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %d |", this.name, millis[0],
				others[others.length / 2], others[others.length - 1], bytes);
	}

}

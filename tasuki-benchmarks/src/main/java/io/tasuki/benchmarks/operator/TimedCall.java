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
 */
record TimedCall(String name, String path) {

	private static final int TIMES = 25;

	/** So that no call finds what the one before has kept for a moment. */
	private static final int PAUSE_MILLIS = 200;

	private static final int SERVER_ERROR = 500;

	/**
	 * Makes the call.
	 * @return a row of the table: the first call, the median, the longest of the others
	 * and the size of the answer
	 */
	String run(HttpClient client, String base) throws IOException, InterruptedException {
		double[] millis = new double[TIMES];
		int bytes = 0;
		for (int time = 0; time < TIMES; time++) {
			long begin = System.nanoTime();
			HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(URI.create(base + this.path)).build(),
					HttpResponse.BodyHandlers.ofByteArray());
			millis[time] = (System.nanoTime() - begin) / 1e6;
			bytes = answer.body().length;
			if (answer.statusCode() >= SERVER_ERROR && !this.path.equals("/health")) {
				throw new IllegalStateException(
						"%s answers %d: %s".formatted(this.path, answer.statusCode(), new String(answer.body())));
			}
			Thread.sleep(PAUSE_MILLIS);
		}
		double[] others = Arrays.copyOfRange(millis, 1, TIMES);
		Arrays.sort(others);
		return String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %d |", this.name, millis[0],
				others[others.length / 2], others[others.length - 1], bytes);
	}

}

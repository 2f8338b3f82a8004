package io.tasuki.benchmarks.comparison.process;

/**
 * Asks how often a thread that enqueues has to wait for the server, for each job. Tells
 * only where the JDBC URL is {@link RoundTrips#counted(String) counted}.
 *
 * @param way how
 * @param first number of the first job
 * @param count how many
 */
public record CountRoundTrips(Way way, int first, int count) implements Order<Double> {

	@Override
	public Class<Double> answer() {
		return Double.class;
	}

	@Override
	public Double obey(Stage stage) {
		long before = RoundTrips.ofThisThread();
		this.way.enqueue(stage, this.first, this.count);
		return (double) (RoundTrips.ofThisThread() - before) / this.count;
	}

}

package io.tasuki.benchmarks.comparison.process;

/**
 * Puts due jobs into the queue.
 *
 * @param first number of the first job
 * @param count how many
 * @param payloadBytes about how large the payload of each is
 */
public record Preload(int first, int count, int payloadBytes) implements Order<Done> {

	@Override
	public Class<Done> answer() {
		return Done.class;
	}

	@Override
	public Done obey(Stage stage) {
		stage.contestant().preload(this.first, this.count, this.payloadBytes);
		return new Done();
	}

}

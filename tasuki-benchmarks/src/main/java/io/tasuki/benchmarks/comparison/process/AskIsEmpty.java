package io.tasuki.benchmarks.comparison.process;

/**
 * Asks whether no job is left in the queue.
 */
public record AskIsEmpty() implements Order<Boolean> {

	@Override
	public Class<Boolean> answer() {
		return Boolean.class;
	}

	@Override
	public Boolean obey(Stage stage) {
		return stage.contestant().isEmpty();
	}

}

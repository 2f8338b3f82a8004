package io.tasuki.benchmarks.comparison.process;

/**
 * Asks how many jobs have begun to run in this JVM.
 */
public record CountRuns() implements Order<Long> {

	@Override
	public Class<Long> answer() {
		return Long.class;
	}

	@Override
	public Long obey(Stage stage) {
		return stage.ledger().total();
	}

}

package io.tasuki.benchmarks.comparison.process;

/**
 * Runs jobs from now on.
 */
public record StartWorking() implements Order<Done> {

	@Override
	public Class<Done> answer() {
		return Done.class;
	}

	@Override
	public Done obey(Stage stage) {
		stage.contestant().startWorking(stage.ledger());
		return new Done();
	}

}

package io.tasuki.benchmarks.comparison.process;

/**
 * Runs no more jobs.
 */
public record StopWorking() implements Order<Done> {

	@Override
	public Class<Done> answer() {
		return Done.class;
	}

	@Override
	public Done obey(Stage stage) {
		stage.contestant().stopWorking();
		return new Done();
	}

}

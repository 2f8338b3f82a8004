package io.tasuki.benchmarks.comparison.process;

/**
 * Creates the contestant's tables.
 */
public record CreateTables() implements Order<Done> {

	@Override
	public Class<Done> answer() {
		return Done.class;
	}

	@Override
	public Done obey(Stage stage) {
		stage.contestant().createTables();
		return new Done();
	}

}

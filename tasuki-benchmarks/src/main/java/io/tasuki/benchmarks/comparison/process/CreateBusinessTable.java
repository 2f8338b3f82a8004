package io.tasuki.benchmarks.comparison.process;

import io.tasuki.benchmarks.comparison.contestant.BusinessTransactions;

/**
 * Creates the application's own table.
 */
public record CreateBusinessTable() implements Order<Done> {

	@Override
	public Class<Done> answer() {
		return Done.class;
	}

	@Override
	public Done obey(Stage stage) {
		((BusinessTransactions) stage.contestant()).createBusinessTable();
		return new Done();
	}

}

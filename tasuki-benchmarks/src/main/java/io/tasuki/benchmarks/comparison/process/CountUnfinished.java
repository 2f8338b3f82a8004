package io.tasuki.benchmarks.comparison.process;

/**
 * Asks how many jobs are left in the queue.
 */
public record CountUnfinished() implements Order<Long> {

	@Override
	public Class<Long> answer() {
		return Long.class;
	}

	@Override
	public Long obey(Stage stage) {
		return stage.contestant().unfinished();
	}

}

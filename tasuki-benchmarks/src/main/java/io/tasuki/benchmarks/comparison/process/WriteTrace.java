package io.tasuki.benchmarks.comparison.process;

import java.nio.file.Path;

/**
 * Writes down what became of some jobs in this JVM.
 *
 * @param file where to
 * @param first number of the first job
 * @param count how many
 */
public record WriteTrace(Path file, int first, int count) implements Order<Done> {

	@Override
	public Class<Done> answer() {
		return Done.class;
	}

	@Override
	public Done obey(Stage stage) {
		Trace.of(stage.ledger(), stage.commits(), this.first, this.count).write(this.file);
		return new Done();
	}

}

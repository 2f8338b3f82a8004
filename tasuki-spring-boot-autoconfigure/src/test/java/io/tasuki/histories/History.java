package io.tasuki.histories;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was done to a queue.
 *
 * @param steps what was done, in order; the last one is where it failed
 * @param failure how the store and the model differed; {@code null} if they agreed
 */
record History(List<Step> steps, @Nullable Throwable failure) {

	/** Plays the history of a seed. */
	static History random(long seed, TestedQueue queue, Tally tally) {
		Generator generator = new Generator(seed);
		return play(queue, tally, false, (model) -> (generator.atEnd()) ? null : generator.next(model));
	}

	/** Plays these steps and compares the tables after each of them. */
	static History replay(List<Step> steps, TestedQueue queue) {
		queue.reopen();
		Iterator<Step> left = steps.iterator();
		return play(queue, new Tally(), true, (model) -> (left.hasNext()) ? left.next() : null);
	}

	private static History play(TestedQueue queue, Tally tally, boolean compareOften,
			Function<Model, @Nullable Step> script) {
		List<Step> played = new ArrayList<>();
		Scene scene = new Scene(queue, new Model(queue.now()), tally);
		try {
			for (Step step = script.apply(scene.model()); step != null; step = script.apply(scene.model())) {
				played.add(step);
				step.play(scene);
				if (compareOften) {
					compareTables(scene);
				}
			}
			compareTables(scene);
			return new History(played, null);
		}
		catch (RuntimeException | AssertionError ex) {
			return new History(played, ex);
		}
		finally {
			tally.add(Tally.Event.STEP, played.size());
			queue.clear();
		}
	}

	/** Every job is in one place, and is there what it ought to be. */
	private static void compareTables(Scene scene) {
		assertThat(scene.queue().rows(scene.model().hours())).as("tables")
			.containsExactlyElementsOf(scene.model().rows());
	}

	boolean failed() {
		return this.failure != null;
	}

	String describe() {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < this.steps.size(); i++) {
			text.append("%s%3d %s%n".formatted((i == this.steps.size() - 1) ? "->" : "  ", i + 1, this.steps.get(i)));
		}
		return text.toString();
	}

}

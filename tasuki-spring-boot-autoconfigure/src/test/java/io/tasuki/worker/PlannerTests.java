package io.tasuki.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlannerTests {

	private static final int FAST = 1_000;

	private final Line deep = Jobs.line();

	private final Line brief = Jobs.line();

	private final List<LineCursor> cursors = Stream.of(this.deep, this.brief).map(LineCursor::new).toList();

	private final Deque<Runnable> threads = new ArrayDeque<>();

	/** How many signals there had been when each job began. */
	private final List<Integer> signalsBefore = new ArrayList<>();

	private int signals;

	private final Slots slots = new Slots(1, this.cursors.stream().map(LineCursor::line).toList(), this.threads::add,
			(job) -> this.signalsBefore.add(this.signals), () -> this.signals++);

	private final Planner planner = new Planner(this.slots, new HeldJobs((job) -> {
	}), this.cursors, 1);

	@Test
	void isNotToldOfAFastLineThatHoldsFewWhileOthersHoldMany() {
		makeFast();
		this.slots.add(jobs(this.deep, 1, FAST, 5));
		this.slots.add(jobs(this.brief, FAST + 1, FAST + 100, 0));
		this.cursors.forEach(LineCursor::heat);
		assertThat(this.planner.ahead().isEmpty()).isTrue();
		runAll();
		assertThat(this.signalsBefore.subList(0, 101)).containsOnly(0);
		assertThat(this.signals).as("when few are held in all").isPositive();
	}

	@Test
	void isToldWhenAFastLineHoldsFew() {
		makeFast();
		this.slots.add(jobs(this.deep, 1, FAST, 5));
		this.cursors.get(0).heat();
		assertThat(this.planner.ahead().isEmpty()).isTrue();
		runAll();
		assertThat(this.signalsBefore.get(1)).isZero();
		assertThat(this.signals).isPositive();
	}

	private void makeFast() {
		this.planner.ahead();
		this.slots.add(jobs(this.deep, 1, FAST / 2, 5));
		this.slots.add(jobs(this.brief, FAST, FAST + FAST / 2, 5));
		runAll();
		this.signalsBefore.clear();
	}

	private void runAll() {
		while (!this.threads.isEmpty()) {
			this.threads.remove().run();
		}
	}

	private static List<HeldJob> jobs(Line line, int first, int last, int priority) {
		return LongStream.rangeClosed(first, last).mapToObj((id) -> Jobs.held(line, id, priority)).toList();
	}

}

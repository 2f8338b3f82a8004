package io.tasuki.benchmarks.comparison.process;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnqueueOrdersTests {

	private final StubContestant contestant = new StubContestant();

	private final Stage stage = new Stage(this.contestant, 100_000);

	@Test
	void enqueuesConsecutiveNumbersOnceEachByAllThreads() throws Exception {
		Enqueued enqueued = new EnqueueFor(Way.TOGETHER, 100, 4, 10, 50, 5_000).obey(this.stage);
		assertThat(enqueued.count()).isPositive().isEqualTo(this.contestant.enqueued.size());
		assertThat(this.contestant.enqueued).containsExactlyInAnyOrderElementsOf(numbers(100, enqueued.count()));
		assertThat(this.contestant.batches).containsOnly(10);
	}

	@Test
	void enqueuesNoMoreThanTheBacklogWhenNobodyWorks() throws Exception {
		Enqueued enqueued = new EnqueueFor(Way.ONE_BY_ONE, 0, 4, 1, 100, 50).obey(this.stage);
		assertThat(enqueued.count()).isBetween(1, 55);
		assertThat(enqueued.ran()).isZero();
	}

	@Test
	void enqueuesBeyondTheBacklogWhenJobsRun() throws Exception {
		new StartWorking().obey(this.stage);
		Enqueued enqueued = new EnqueueAtPace(Way.ONE_BY_ONE, 0, 10, 1e6, 1, 1).obey(this.stage);
		assertThat(enqueued.ran()).isEqualTo(10);
		assertThat(new CountRuns().obey(this.stage)).isEqualTo(10);
	}

	@Test
	void enqueuesAllJobsOfAPaceAndNotesTheirCommits() throws Exception {
		Enqueued enqueued = new EnqueueAtPace(Way.TOGETHER, 100, 60, 1_000, 3, 20).obey(this.stage);
		assertThat(enqueued.count()).isEqualTo(60);
		assertThat(this.contestant.enqueued).containsExactlyInAnyOrderElementsOf(numbers(100, 60));
		assertThat(IntStream.range(100, 160)).allMatch((number) -> this.stage.commits().committedAt(number) > 0);
	}

	@Test
	void keepsThePaceEvenIfTheContestantCouldDoMore() throws Exception {
		Enqueued enqueued = new EnqueueAtPace(Way.ONE_BY_ONE, 0, 11, 100, 2, 1).obey(this.stage);
		assertThat(enqueued.micros()).isGreaterThanOrEqualTo(100_000);
	}

	@Test
	void failureOfOneThreadIsTheFailureOfTheOrder() {
		EnqueueFor order = new EnqueueFor(Way.WITH_BUSINESS, 0, 4, 1, 60_000, 0);
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> order.obey(this.stage));
	}

	private static List<Integer> numbers(int first, int count) {
		return IntStream.range(first, first + count).boxed().toList();
	}

}

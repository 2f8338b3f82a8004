package io.tasuki.worker;

import java.time.Duration;
import java.util.List;

import io.tasuki.store.Position;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineCursorTests {

	private final Line line = Jobs.line();

	private final LineCursor cursor = new LineCursor(this.line);

	@Test
	void prefetchesFastJobsOfALineWithFewAsAllLinesFinishThem() {
		finish(3, Duration.ofMillis(1));
		this.cursor.measure(System.nanoTime(), 4, 300);
		assertThat(this.cursor.prefetched()).isEqualTo(300);
		this.cursor.measure(System.nanoTime(), 4, 2_000);
		assertThat(this.cursor.prefetched()).as("four slots, 1 ms each, a tenth of a second").isEqualTo(400);
	}

	@Test
	void doesNotPrefetchSlowJobsHoweverFastOtherLinesAre() { // B26
		finish(3, Duration.ofMillis(60));
		this.cursor.measure(System.nanoTime(), 4, 2_000);
		assertThat(this.cursor.prefetched()).isZero();
	}

	@Test
	void doesNotPrefetchWhatItKnowsNothingOf() {
		this.cursor.measure(System.nanoTime(), 4, 2_000);
		assertThat(this.cursor.prefetched()).isZero();
	}

	@Test
	void noticesWithinAFewJobsThatTheyBecameSlow() {
		finish(100, Duration.ofNanos(10_000));
		finish(1, Duration.ofMillis(500));
		this.cursor.measure(System.nanoTime(), 4, 2_000);
		assertThat(this.cursor.prefetched()).isZero();
	}

	@Test
	void movesToTheLastClaimedJobOfEachPriority() {
		this.cursor.heat();
		this.cursor.claimedAhead(List.of(job(1, 0), job(5, 0), job(3, 9)), true);
		assertThat(this.cursor.ahead().get(0)).isEqualTo(job(5, 0).claimed().position());
		assertThat(this.cursor.ahead().get(9)).isEqualTo(job(3, 9).claimed().position());
		assertThat(this.cursor.ahead().get(5)).isEqualTo(Position.START);
	}

	@Test
	void staysHotOnlyWhileClaimsComeBackFull() {
		this.cursor.heat();
		this.cursor.claimedAhead(List.of(job(1, 0)), true);
		assertThat(this.cursor.hot()).isTrue();
		this.cursor.claimedAhead(List.of(job(2, 0)), false);
		assertThat(this.cursor.hot()).isFalse();
	}

	@Test
	void goesBackToJustBeforeALateJobAndNeverForward() {
		this.cursor.claimedAhead(List.of(job(50, 5)), false);
		Position late = job(40, 5).claimed().position();
		this.cursor.pullBack(5, late);
		assertThat(this.cursor.ahead().get(5)).isLessThan(late);
		assertThat(this.cursor.hot()).isTrue();
		assertThat(this.cursor.ahead()).filteredOn(Position.END::equals).as("no word of the others").hasSize(9);
		Position before = this.cursor.ahead().get(5);
		this.cursor.pullBack(5, job(60, 5).claimed().position());
		assertThat(this.cursor.ahead().get(5)).isEqualTo(before);
	}

	@Test
	void sweepStartsFromTheFrontAndLeavesTheCursorAlone() {
		this.cursor.claimedAhead(List.of(job(50, 5)), false);
		this.cursor.startSweep();
		assertThat(this.cursor.sweep()).containsOnly(Position.START);
		this.cursor.swept(List.of(job(3, 5)), true);
		assertThat(this.cursor.sweeping()).isTrue();
		this.cursor.heat();
		assertThat(this.cursor.ahead().get(5)).isEqualTo(job(50, 5).claimed().position());
		assertThat(this.cursor.sweep().get(5)).isEqualTo(job(3, 5).claimed().position());
	}

	@Test
	void sweepIsThroughWhenItComesBackShort() {
		this.cursor.claimedAhead(List.of(job(50, 5)), false);
		this.cursor.startSweep();
		this.cursor.swept(List.of(job(3, 5)), false);
		assertThat(this.cursor.sweeping()).isFalse();
		this.cursor.heat();
		assertThat(this.cursor.ahead().get(5)).isEqualTo(job(50, 5).claimed().position());
	}

	@Test
	void sweepThatCatchesUpCarriesTheCursorAlongAndLeavesTheLineHot() {
		this.cursor.claimedAhead(List.of(job(50, 5)), false);
		this.cursor.startSweep();
		this.cursor.swept(List.of(job(51, 5)), true);
		assertThat(this.cursor.sweeping()).isFalse();
		assertThat(this.cursor.hot()).isTrue();
		assertThat(this.cursor.ahead().get(5)).isEqualTo(job(51, 5).claimed().position());
	}

	@Test
	void sweepGoesOnWhenOtherLinesTookAllThereWasToTake() {
		this.cursor.startSweep();
		this.cursor.swept(List.of(), true);
		assertThat(this.cursor.sweeping()).isTrue();
	}

	private void finish(int jobs, Duration each) {
		for (int i = 0; i < jobs; i++) {
			this.line.add(job(i + 1, 5));
			this.line.start(6);
			this.line.finish(each.toNanos());
		}
	}

	private HeldJob job(long id, int priority) {
		return Jobs.held(this.line, id, priority);
	}

}

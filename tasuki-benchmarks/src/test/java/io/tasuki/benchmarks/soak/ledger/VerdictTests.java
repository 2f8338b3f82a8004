package io.tasuki.benchmarks.soak.ledger;

import java.util.List;
import java.util.Map;

import io.tasuki.benchmarks.soak.ledger.QueueRow.Place;
import io.tasuki.benchmarks.soak.ledger.Verdict.Line;
import io.tasuki.benchmarks.soak.load.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The verdict on books in which one thing is wrong, beside jobs with which all is well.
 */
class VerdictTests {

	/** A number whose failing jobs fail once. */
	private static final long EVEN = 100;

	@Test
	void passesSoundBooks() {
		assertThat(wrongLines(soundBooks())).isEmpty();
		assertThat(Verdict.of(soundBooks().build()).passed()).isTrue();
	}

	@Test
	void failsWhenAJobIsLost() {
		assertThat(wrongLines(soundBooks().expect(EVEN, Kind.FAST))).containsExactly("lost");
	}

	@Test
	void failsWhenAJobIsStuck() {
		assertThat(wrongLines(soundBooks().expect(EVEN, Kind.FAST).row(EVEN, Place.LIVE, 0))).containsExactly("stuck");
	}

	@Test
	void failsWhenAJobRunsThatWasNeverCommitted() {
		assertThat(wrongLines(soundBooks().run(EVEN, 1, 1, 1, 2))).containsExactly("ghosts");
	}

	@Test
	void failsWhenAJobIsStoredThatWasNeverCommitted() {
		assertThat(wrongLines(soundBooks().row(EVEN, Place.SUCCEEDED, 1))).containsExactly("ghosts");
	}

	@Test
	void failsWhenAJobSucceededAndIsDead() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.run(EVEN, 1, 1, 1, 2)
			.row(EVEN, Place.SUCCEEDED, 1)
			.row(EVEN, Place.DEAD, 1);
		assertThat(wrongLines(books)).containsExactly("finished twice");
	}

	@Test
	void failsWhenAJobIsDeadThatShouldSucceed() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST).failedRun(EVEN, 1, 1, 1, 2).row(EVEN, Place.DEAD, 1);
		assertThat(wrongLines(books)).containsExactly("ended wrongly");
	}

	@Test
	void failsWhenAJobSucceedsThatTakesEveryProcessDown() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.DEADLY).run(EVEN, 1, 1, 1, 2).row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("ended wrongly");
	}

	@Test
	void failsWhenAJobIsDeadByCrashesThatTwoIncidentsHit() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.SLOW)
			.brokenRun(EVEN, 1, 1, 1)
			.brokenRun(EVEN, 2, 1, 10)
			.deadByCrashes(EVEN)
			.incident(1, 2, 7, EVEN)
			.incident(2, 12, 17, EVEN);
		assertThat(wrongLines(books)).containsExactly("dead by fewer than 3 crashes");
	}

	@Test
	void allowsThatAJobIsDeadByCrashesThatThreeIncidentsHit() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.SLOW)
			.brokenRun(EVEN, 1, 1, 1)
			.brokenRun(EVEN, 2, 1, 10)
			.brokenRun(EVEN, 3, 1, 20)
			.deadByCrashes(EVEN)
			.incident(1, 2, 7, EVEN)
			.incident(2, 12, 17, EVEN)
			.incident(3, 22, 27, EVEN);
		assertThat(wrongLines(books)).isEmpty();
	}

	@Test
	void failsWhenAJobSucceededThatNeverEnded() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.brokenRun(EVEN, 1, 1, 1)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("missing effects");
	}

	@Test
	void failsWhenATransactionalJobSucceededWithoutItsEffect() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.TRANSACTIONAL)
			.run(EVEN, 1, 1, 1, 2)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("missing effects");
	}

	@Test
	void failsWhenATransactionalJobHasItsEffectTwice() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.TRANSACTIONAL)
			.effect(EVEN, 1)
			.effect(EVEN, 1)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("duplicate effects of transactional handlers");
	}

	@Test
	void failsWhenAnAttemptThatFailedHasAnEffect() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.UNDONE).effect(EVEN, 1).row(EVEN, Place.SUCCEEDED, 2);
		assertThat(wrongLines(books)).containsExactly("effects of failed attempts");
	}

	@Test
	void failsWhenADeadJobHasAnEffect() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.TRANSACTIONAL).effect(EVEN, 20).row(EVEN, Place.DEAD, 20);
		assertThat(wrongLines(books)).containsExactly("ended wrongly", "effects of failed attempts");
	}

	@Test
	void failsWhenAJobRunsTwiceThatNoIncidentCarried() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.run(EVEN, 1, 1, 1, 2)
			.run(EVEN, 2, 1, 3, 4)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("duplicate runs that no incident explains");
	}

	@Test
	void failsWhenAJobRunsThreeTimesThatOneIncidentCarried() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.run(EVEN, 3, 1, 11, 12)
			.run(EVEN, 2, 1, 18, 19)
			.run(EVEN, 2, 1, 19, 20)
			.row(EVEN, Place.SUCCEEDED, 1)
			.incident(3, 11.5, 16.5, EVEN);
		assertThat(wrongLines(books)).containsExactly("duplicate runs that no incident explains");
	}

	@Test
	void failsWhenAJobRunsTwiceAndAnIncidentCarriedItOnlyLater() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.SLOW)
			.brokenRun(EVEN, 1, 1, 1)
			.run(EVEN, 2, 1, 3, 20)
			.row(EVEN, Place.SUCCEEDED, 1)
			.incident(1, 9, 14, EVEN);
		assertThat(wrongLines(books)).containsExactly("duplicate runs that no incident explains");
	}

	@Test
	void failsWhenAJobRunsTwiceAfterTheIncidentThatCarriedItWasOver() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.run(EVEN, 1, 1, 6, 7)
			.run(EVEN, 2, 1, 8, 9)
			.row(EVEN, Place.SUCCEEDED, 1)
			.incident(null, 0, 5, EVEN);
		assertThat(wrongLines(books)).containsExactly("duplicate runs that no incident explains");
	}

	@Test
	void failsWhenAJobRunsTwiceAndTheIncidentHitNeitherProcess() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.run(EVEN, 1, 1, 1, 2)
			.run(EVEN, 2, 1, 3, 4)
			.row(EVEN, Place.SUCCEEDED, 1)
			.incident(3, 0, 5, EVEN);
		assertThat(wrongLines(books)).containsExactly("duplicate runs that no incident explains");
	}

	@Test
	void failsWhenMoreRunsAreDuplicatesThanRowsWereCarried() {
		BooksBuilder books = new BooksBuilder().expect(EVEN, Kind.FAST)
			.run(EVEN, 1, 1, 1, 2)
			.run(EVEN, 2, 1, 3, 4)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("duplicate runs of others, at most rows carried",
				"duplicate runs that no incident explains");
	}

	@Test
	void countsWhatEachIncidentExplains() {
		assertThat(Verdict.of(soundBooks().build()).repeatsByIncident()).containsOnly(Map.entry(0, 1), Map.entry(1, 1),
				Map.entry(2, 2));
	}

	@Test
	void failsWhenAnAttemptIsChargedThatDidNotFail() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.brokenRun(EVEN, 1, 1, 1)
			.run(EVEN, 2, 2, 3, 4)
			.row(EVEN, Place.SUCCEEDED, 2);
		assertThat(wrongLines(books)).contains("attempts charged wrongly");
	}

	@Test
	void failsWhenAnAttemptThatFailedIsNotCharged() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAILING)
			.failedRun(EVEN, 1, 1, 1, 2)
			.run(EVEN, 2, 2, 3, 4)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("attempts charged wrongly");
	}

	@Test
	void failsWhenAnAttemptWasMadeThatIsNotInTheRow() {
		BooksBuilder books = soundBooks().expect(EVEN, Kind.FAST)
			.run(EVEN, 1, 1, 1, 2)
			.brokenRun(EVEN, 2, 2, 3)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("attempts charged wrongly");
	}

	@Test
	void failsWhenADelayedJobStartsBeforeItIsDue() {
		double due = Kind.DELAYED.delay(EVEN).toMillis() / 1_000.0;
		BooksBuilder books = soundBooks().expect(EVEN, Kind.DELAYED)
			.run(EVEN, 1, 1, due - 0.01, due)
			.row(EVEN, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("started before they were due");
	}

	@Test
	void failsWhenTwoJobsOfOneKeyRunAtOnce() {
		BooksBuilder books = soundBooks().expectUnique(EVEN, "key")
			.run(EVEN, 1, 1, 1, 3)
			.row(EVEN, Place.SUCCEEDED, 1)
			.expectUnique(EVEN + 1, "key")
			.run(EVEN + 1, 2, 1, 2, 4)
			.row(EVEN + 1, Place.SUCCEEDED, 1);
		assertThat(wrongLines(books)).containsExactly("unique keys run twice at once");
	}

	@Test
	void failsWhenAProcessEndedUnasked() {
		assertThat(wrongLines(soundBooks().surprise("process 7 ended with 1")))
			.containsExactly("processes ended unasked, faults gone wrong");
	}

	/**
	 * Returns books of jobs with which all is well, though three incidents made four of
	 * them run again: the server forgot a claim, a process died while it ran a job, and
	 * another stood still with one job that ran and one that waited.
	 */
	private static BooksBuilder soundBooks() {
		return new BooksBuilder().expect(1, Kind.FAST)
			.run(1, 1, 1, 0.1, 0.2)
			.row(1, Place.SUCCEEDED, 1)
			.expect(2, Kind.FAILING)
			.failedRun(2, 1, 1, 0.1, 0.2)
			.run(2, 2, 2, 1, 2)
			.failedRun(2, 1, 1, 0.3, 0.4)
			.row(2, Place.SUCCEEDED, 2)
			.expect(4, Kind.HOPELESS)
			.failedRun(4, 1, 1, 0.1, 0.2)
			.failedRun(4, 2, 2, 1, 2)
			.row(4, Place.DEAD, 2)
			.expect(5, Kind.SLOW)
			.brokenRun(5, 1, 1, 2)
			.run(5, 2, 1, 9, 12)
			.row(5, Place.SUCCEEDED, 1)
			.expect(6, Kind.FAST)
			.run(6, 3, 1, 17, 17.1)
			.run(6, 2, 1, 19, 19.1)
			.row(6, Place.SUCCEEDED, 1)
			.expect(7, Kind.SLOW)
			.run(7, 2, 1, 10, 20)
			.run(7, 3, 1, 17, 21)
			.row(7, Place.SUCCEEDED, 1)
			.expect(8, Kind.UNDONE)
			.failedRun(8, 1, 1, 0.1, 0.2)
			.effect(8, 2)
			.row(8, Place.SUCCEEDED, 2)
			.expectUnique(9, "key")
			.run(9, 1, 1, 0.1, 0.2)
			.row(9, Place.SUCCEEDED, 1)
			.incident(null, 0.1, 5, 2L)
			.incident(1, 3, 8, 5L)
			.incident(2, 11, 22, 6L, 7L, 8L, 9L);
	}

	private static List<String> wrongLines(BooksBuilder books) {
		return Verdict.of(books.build()).lines().stream().filter((line) -> !line.passed()).map(Line::what).toList();
	}

}

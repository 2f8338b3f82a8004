package io.tasuki.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SlotsTests {

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<Long> order = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger mostRunning = new AtomicInteger();

	private final AtomicInteger signals = new AtomicInteger();

	private final Semaphore permits = new Semaphore(0);

	private volatile boolean recordsAtOnce = true;

	@AfterEach
	void stopThreads() {
		this.executor.shutdownNow();
	}

	@Test
	void runsByPriorityThenInTheOrderOfTheClaim() throws InterruptedException {
		Line line = Jobs.line();
		Slots slots = slots(1, line);
		slots.add(List.of(Jobs.held(line, 1, 9)));
		awaitRunning(1);
		slots.add(List.of(Jobs.held(line, 2, 5), Jobs.held(line, 3, 5), Jobs.held(line, 4, 0)));
		finishAll(slots);
		assertThat(this.order).containsExactly(1L, 4L, 2L, 3L);
	}

	@Test
	void neverRunsMoreThanTheWorkersLimit() throws InterruptedException { // B22
		Line line = Jobs.line();
		Slots slots = slots(3, line);
		slots.add(jobs(line, 1, 50));
		awaitRunning(3);
		finishAll(slots);
		assertThat(this.order).hasSize(50);
		assertThat(this.mostRunning).hasValue(3);
	}

	@Test
	void tellsWhatRunsAndWaits() throws InterruptedException { // B52
		Line line = Jobs.line();
		Slots slots = slots(3, line, Jobs.line());
		assertThat(slots.load(7)).isEqualTo(new WorkerLoad(3, 0, 0, 7));
		slots.add(jobs(line, 1, 5));
		awaitRunning(3);
		assertThat(slots.load(7)).isEqualTo(new WorkerLoad(3, 3, 2, 7));
		finishAll(slots);
	}

	@Test
	void neverRunsMoreThanASharedLimit() throws InterruptedException { // B21, B23
		SlotLimit limit = new SlotLimit(2);
		Line one = Jobs.line(limit);
		Line two = Jobs.line(limit);
		Slots slots = slots(8, one, two);
		slots.add(jobs(one, 1, 20));
		slots.add(jobs(two, 21, 40));
		awaitRunning(2);
		finishAll(slots);
		assertThat(this.order).hasSize(40);
		assertThat(this.mostRunning).hasValue(2);
	}

	@Test
	void fullLineDoesNotHoldUpAnother() throws InterruptedException { // S33
		Line limited = Jobs.line(new SlotLimit(1));
		Line unlimited = Jobs.line();
		Slots slots = slots(2, limited, unlimited);
		slots.add(List.of(Jobs.held(limited, 1, 0), Jobs.held(limited, 2, 0)));
		awaitRunning(1);
		slots.add(List.of(Jobs.held(unlimited, 3, 9)));
		awaitRunning(2);
		assertThat(this.order).containsExactlyInAnyOrder(1L, 3L);
		finishAll(slots);
	}

	@Test
	void linesOfOnePriorityTakeTurns() throws InterruptedException {
		Line one = Jobs.line();
		Line two = Jobs.line();
		Slots slots = slots(1, one, two);
		slots.add(List.of(Jobs.held(one, 100, 5)));
		awaitRunning(1);
		slots.add(jobs(one, 1, 3));
		slots.add(jobs(two, 11, 13));
		finishAll(slots);
		assertThat(this.order).containsExactly(100L, 1L, 11L, 2L, 12L, 3L, 13L);
	}

	@Test
	void suspectGoesBeforeWhatWaits() throws InterruptedException {
		Line line = Jobs.line();
		Slots slots = slots(1, line);
		slots.add(List.of(Jobs.held(line, 1, 0)));
		awaitRunning(1);
		slots.add(List.of(Jobs.held(line, 2, 0), suspect(line, 3, 1)));
		finishAll(slots);
		assertThat(this.order).containsExactly(1L, 3L, 2L);
	}

	@Test
	void graveSuspectRunsWhileNoOtherSuspectDoes() throws InterruptedException {
		Line line = Jobs.line();
		Line other = Jobs.line();
		Slots slots = slots(8, line, other);
		slots.add(List.of(suspect(line, 1, 1), suspect(line, 2, 1)));
		awaitRunning(2);
		slots.add(List.of(suspect(line, 3, 2), suspect(other, 4, 2), Jobs.held(line, 5, 9), Jobs.held(other, 6, 9)));
		awaitRunning(4);
		assertThat(this.order).containsExactlyInAnyOrder(1L, 2L, 5L, 6L);
		finishAll(slots);
		assertThat(this.order).contains(3L, 4L);
	}

	@Test
	void everySuspectGoesOnWhenTheGraveOneIsOver() throws InterruptedException {
		Line line = Jobs.line();
		Slots slots = slots(3, line);
		slots.add(List.of(suspect(line, 1, 2), suspect(line, 2, 1), suspect(line, 3, 1), suspect(line, 4, 1)));
		awaitRunning(1);
		finish(1);
		awaitRunning(3);
		finishAll(slots);
	}

	@Test
	void noSuspectStartsBeforeTheEndOfAGraveOneIsRecorded() throws InterruptedException { // B35
		this.recordsAtOnce = false;
		Line line = Jobs.line();
		Slots slots = slots(3, line);
		HeldJob grave = suspect(line, 1, 2);
		slots.add(List.of(grave, suspect(line, 2, 1), suspect(line, 3, 2), Jobs.held(line, 4, 9)));
		awaitRunning(2);
		this.permits.release(2);
		assertThat(slots.awaitIdle(System.nanoTime() + TimeUnit.MINUTES.toNanos(1), () -> 0)).isTrue();
		assertThat(this.order).containsExactlyInAnyOrder(1L, 4L);
		this.recordsAtOnce = true;
		grave.letGo();
		slots.letGo(grave);
		finishAll(slots);
		assertThat(this.order).contains(2L, 3L);
	}

	@Test
	void graveSuspectThatIsLetGoBeforeItsThreadIsBackIsOverThen() throws InterruptedException { // B35
		Line line = Jobs.line();
		Slots slots = slots(2, line);
		HeldJob grave = suspect(line, 1, 2);
		slots.add(List.of(grave, suspect(line, 2, 1)));
		awaitRunning(1);
		grave.letGo();
		slots.letGo(grave);
		slots.add(List.of(Jobs.held(line, 3, 9)));
		awaitRunning(2);
		assertThat(this.order).containsExactly(1L, 3L);
		finishAll(slots);
		assertThat(this.order).containsExactly(1L, 3L, 2L);
	}

	@Test
	void asksAgainForThreadsThatWereRefused() throws InterruptedException {
		AtomicInteger refusals = new AtomicInteger(2);
		Line line = Jobs.line();
		Slots slots = new Slots(2, List.of(line), (command) -> {
			if (refusals.getAndDecrement() > 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			this.executor.execute(command);
		}, this::run, this.signals::incrementAndGet);
		slots.add(jobs(line, 1, 4));
		assertThat(slots.awaitIdle(System.nanoTime(), () -> 0)).isTrue();
		slots.startRefused();
		awaitRunning(2);
		finishAll(slots);
		assertThat(this.order).hasSize(4);
	}

	@Test
	void signalsRoomWhenSoFewJobsAreLeftAsWasAskedFor() throws InterruptedException {
		Line line = Jobs.line();
		Slots slots = slots(1, line);
		slots.look(() -> {
			line.refillAt(2);
			return true;
		});
		slots.add(jobs(line, 1, 5));
		finish(2);
		assertThat(this.signals).hasValue(0);
		finishAll(slots);
		await().untilAsserted(() -> assertThat(this.signals).hasValue(3));
	}

	@Test
	void clearLetsGoOfWhatWaitsButNotOfWhatRuns() throws InterruptedException { // B42
		Line line = Jobs.line(new SlotLimit(5));
		Slots slots = slots(2, line);
		slots.add(jobs(line, 1, 6));
		awaitRunning(2);
		assertThat(slots.clear()).extracting((job) -> job.job().id().value()).containsExactly(3L, 4L, 5L, 6L);
		assertThat(slots.held()).isEqualTo(2);
		finishAll(slots);
		assertThat(slots.held()).isZero();
		assertThat(line.room(9, 0)).isEqualTo(5);
	}

	@Test
	void awaitIdleGivesUpAtItsDeadline() throws InterruptedException {
		Line line = Jobs.line();
		Slots slots = slots(2, line);
		slots.add(jobs(line, 1, 1));
		awaitRunning(1);
		assertThat(slots.awaitIdle(System.nanoTime() + 1_000_000, () -> 0)).isFalse();
		finishAll(slots);
	}

	private Slots slots(int concurrency, Line... lines) {
		return new Slots(concurrency, List.of(lines), this.executor, this::run, this.signals::incrementAndGet);
	}

	private void run(HeldJob job) {
		this.order.add(job.job().id().value());
		this.mostRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		this.permits.acquireUninterruptibly();
		if (this.recordsAtOnce) {
			job.letGo();
		}
		this.running.decrementAndGet();
	}

	private void awaitRunning(int jobs) {
		await().until(() -> this.running.get() == jobs);
	}

	/**
	 * Lets so many jobs finish and waits until the next ones have begun.
	 */
	private void finish(int jobs) {
		int begun = this.order.size() + jobs;
		await().until(() -> this.running.get() > 0);
		this.permits.release(jobs);
		await().until(() -> this.order.size() >= begun);
	}

	private void finishAll(Slots slots) throws InterruptedException {
		this.permits.release(1_000);
		assertThat(slots.awaitIdle(System.nanoTime() + TimeUnit.SECONDS.toNanos(20), () -> 0)).isTrue();
	}

	private static List<HeldJob> jobs(Line line, long from, long to) {
		return LongStream.rangeClosed(from, to).mapToObj((id) -> Jobs.held(line, id, 5)).toList();
	}

	private static HeldJob suspect(Line line, long id, int crashes) {
		return Jobs.held(line, id, 5, 1, null, crashes);
	}

}

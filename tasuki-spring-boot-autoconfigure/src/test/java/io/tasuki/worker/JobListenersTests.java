package io.tasuki.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.Job;
import io.tasuki.JobEvent;
import io.tasuki.JobId;
import io.tasuki.JobListener;
import io.tasuki.store.Completion;
import io.tasuki.store.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class JobListenersTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Job JOB = job("{}");

	@Test
	void tellsEveryOutcomeByItsName() { // B33
		Noting noting = new Noting();
		try (JobListeners listeners = new JobListeners(List.of(noting))) {
			Completion.Failure failure = new Completion.Failure("boom", "no", "trace");
			listeners.started(JOB);
			listeners.completed(JOB, new Outcome.Succeeded(), null, SECOND);
			listeners.completed(JOB, new Outcome.Retry(SECOND, null), failure, SECOND);
			listeners.completed(JOB, new Outcome.Dead("why", 3), failure, SECOND);
			listeners.completed(JOB, new Outcome.Cancelled("unwanted"), null, SECOND);
			listeners.completed(JOB, new Outcome.Snoozed(SECOND), null, SECOND);
			listeners.completed(JOB, new Outcome.HandedBack(0), null, Duration.ZERO);
			listeners.leaseLost(JOB);
		}
		JobEvent.Failure failure = new JobEvent.Failure("boom", "no");
		assertThat(noting.events).containsExactly(new JobEvent.Started(JOB), new JobEvent.Succeeded(JOB, SECOND),
				new JobEvent.Failed(JOB, SECOND, failure, SECOND, null), new JobEvent.Dead(JOB, SECOND, "why", failure),
				new JobEvent.Cancelled(JOB, SECOND, "unwanted"), new JobEvent.Snoozed(JOB, SECOND, SECOND),
				new JobEvent.HandedBack(JOB, Duration.ZERO), new JobEvent.LeaseLost(JOB));
	}

	@Test
	void listenerThatThrowsIsToldTheNextAllTheSame(CapturedOutput output) { // B33
		AtomicInteger told = new AtomicInteger();
		try (JobListeners listeners = new JobListeners(List.of(new JobListener() {

			@Override
			public void started(JobEvent.Started event) {
				told.incrementAndGet();
				throw new StackOverflowError("from a listener");
			}

		}))) {
			listeners.started(JOB);
			listeners.started(JOB);
		}
		assertThat(told).hasValue(2);
		assertThat(output).contains("failed, which changes nothing for the job");
	}

	@Test
	void listenerThatBlocksKeepsNobodyWaiting(CapturedOutput output) throws Exception { // B33
		Blocking blocking = new Blocking();
		CountDownLatch othersTold = new CountDownLatch(20_000);
		JobListeners listeners = new JobListeners(List.of(blocking, new JobListener() {

			@Override
			public void started(JobEvent.Started event) {
				othersTold.countDown();
			}

		}));
		for (int i = 0; i < 40; i++) {
			long before = othersTold.getCount();
			for (int event = 0; event < 500; event++) {
				listeners.started(JOB);
			}
			// So that only the one that blocks does not keep up.
			while (othersTold.getCount() > before - 500) {
				Thread.onSpinWait();
			}
		}
		assertThat(othersTold.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(output).contains("does not keep up, so it is not told of every event");
		listeners.close();
		assertThat(output).contains("was not told of the last 10000 events");
		blocking.release.countDown();
	}

	@Test
	void saysHowMuchASlowListenerWasNotTold(CapturedOutput output) throws Exception { // B33
		Blocking blocking = new Blocking();
		JobListeners listeners = new JobListeners(List.of(blocking));
		listeners.started(JOB);
		blocking.reached.await();
		for (int i = 0; i < 10_007; i++) {
			listeners.started(JOB);
		}
		blocking.release.countDown();
		listeners.close();
		assertThat(blocking.told).hasSize(10_001);
		assertThat(output).contains("keeps up again; it was not told of 7 events");
	}

	@Test
	void largePayloadsDoNotPileUp() throws Exception { // B33
		Blocking blocking = new Blocking();
		JobListeners listeners = new JobListeners(List.of(blocking));
		listeners.started(JOB);
		blocking.reached.await();
		Job large = job("x".repeat(4_000_000));
		for (int i = 0; i < 100; i++) {
			listeners.started(large);
		}
		blocking.release.countDown();
		listeners.close();
		assertThat(blocking.told).hasSizeBetween(2, 7);
		assertThat(blocking.told).contains(new JobEvent.Started(large));
	}

	private static Job job(String payload) {
		return new Job(new JobId(1), "kind", "default", payload, 5, 1, null, Instant.EPOCH, Instant.EPOCH);
	}

	/** Blocks on the first event until it is released or interrupted. */
	private static final class Blocking implements JobListener {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		private final Queue<JobEvent> told = new ConcurrentLinkedQueue<>();

		@Override
		public void started(JobEvent.Started event) {
			this.reached.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.told.add(event);
		}

	}

	private static final class Noting implements JobListener {

		private final Queue<JobEvent> events = new ConcurrentLinkedQueue<>();

		@Override
		public void started(JobEvent.Started event) {
			this.events.add(event);
		}

		@Override
		public void succeeded(JobEvent.Succeeded event) {
			this.events.add(event);
		}

		@Override
		public void failed(JobEvent.Failed event) {
			this.events.add(event);
		}

		@Override
		public void dead(JobEvent.Dead event) {
			this.events.add(event);
		}

		@Override
		public void cancelled(JobEvent.Cancelled event) {
			this.events.add(event);
		}

		@Override
		public void snoozed(JobEvent.Snoozed event) {
			this.events.add(event);
		}

		@Override
		public void handedBack(JobEvent.HandedBack event) {
			this.events.add(event);
		}

		@Override
		public void leaseLost(JobEvent.LeaseLost event) {
			this.events.add(event);
		}

	}

}

package io.tasuki.worker;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldJobTests {

	private final HeldJob job = Jobs.held(Jobs.line(), 1, 5);

	@AfterEach
	void forgetInterrupt() {
		Thread.interrupted();
	}

	@Test
	void interruptsItsThreadOnlyWhileTheAttemptRuns() {
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		assertThat(Thread.interrupted()).isFalse();
		this.job.start();
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		assertThat(Thread.interrupted()).isTrue();
		this.job.finish();
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void keepsTheFirstReasonToStopUnlessTheLeaseIsLost() {
		this.job.start();
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		this.job.interrupt(HeldJob.Stop.SHUTDOWN);
		assertThat(this.job.stop()).isEqualTo(HeldJob.Stop.TIMED_OUT);
		this.job.lose();
		assertThat(this.job.stop()).isEqualTo(HeldJob.Stop.LEASE_LOST);
	}

	@Test
	void expiresAlthoughItWasCancelledBefore() { // B29, B41
		this.job.start();
		this.job.cancel();
		assertThat(this.job.stop()).isEqualTo(HeldJob.Stop.CANCELLED);
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		assertThat(this.job.expire()).isEqualTo(this.job.lease());
		Thread.interrupted();
	}

	@Test
	void expiresOnceAndOnlyWhenItsTimeIsOver() { // B29
		this.job.start();
		assertThat(this.job.expire()).isNull();
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		assertThat(this.job.expire()).isEqualTo(this.job.lease());
		assertThat(this.job.expire()).isNull();
		assertThat(this.job.finish()).as("the thread's own outcome").isNull();
	}

	@Test
	void doesNotExpireOnceItHasFinished() { // B29
		this.job.start();
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		assertThat(this.job.finish()).isEqualTo(this.job.lease());
		assertThat(this.job.expire()).isNull();
	}

	@Test
	void doesNotExpireWhenItsWorkerStopsFirst() {
		this.job.start();
		this.job.interrupt(HeldJob.Stop.SHUTDOWN);
		this.job.interrupt(HeldJob.Stop.TIMED_OUT);
		assertThat(this.job.expire()).isNull();
	}

	@Test
	void goesOnFromItsEndUntilItsThreadComesBack() {
		List<Thread> seen = new ArrayList<>();
		assertThat(this.job.whileItGoesOn(seen::add)).as("waiting").isFalse();
		this.job.start();
		assertThat(this.job.whileItGoesOn(seen::add)).as("running").isFalse();
		this.job.lose();
		assertThat(this.job.whileItGoesOn(seen::add)).as("lost").isTrue();
		this.job.cameBack();
		assertThat(this.job.whileItGoesOn(seen::add)).as("back").isFalse();
		assertThat(seen).containsExactly(Thread.currentThread());
	}

	@Test
	void doesNotGoOnWhenItEndsBeforeItStarts() {
		this.job.lose();
		assertThat(this.job.whileItGoesOn((thread) -> {
		})).isFalse();
	}

}

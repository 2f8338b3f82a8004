package io.tasuki.worker;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuietLogTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

	private final QuietLog log = new QuietLog(this.now::get);

	@Test
	void letsTheFirstLineThroughAndThenOneAMinute() {
		assertThat(this.log.mayWrite()).isTrue();
		assertThat(this.log.mayWrite()).isFalse();
		this.now.addAndGet(QuietLog.INTERVAL.toNanos() - 1);
		assertThat(this.log.mayWrite()).isFalse();
		this.now.addAndGet(1);
		assertThat(this.log.mayWrite()).isTrue();
		assertThat(this.log.mayWrite()).isFalse();
	}

}

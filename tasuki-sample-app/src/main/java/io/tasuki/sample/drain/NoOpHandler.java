package io.tasuki.sample.drain;

import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.annotation.JobHandler;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Does nothing, and counts how often.
 */
@Component
@Profile("drain")
class NoOpHandler {

	private final AtomicInteger runs = new AtomicInteger();

	@JobHandler(queue = "drain")
	void run(NoOp job) {
		this.runs.incrementAndGet();
	}

	int runs() {
		return this.runs.get();
	}

}

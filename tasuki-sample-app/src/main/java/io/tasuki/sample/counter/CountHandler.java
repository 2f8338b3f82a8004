package io.tasuki.sample.counter;

import java.time.Duration;
import java.time.Instant;

import io.tasuki.Job;
import io.tasuki.annotation.JobHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Sleeps over a number.
 */
@Component
@Profile("counter")
class CountHandler {

	private static final Logger logger = LoggerFactory.getLogger(CountHandler.class);

	@JobHandler(queue = "counter", concurrency = 8)
	void count(Count count, Job job) throws InterruptedException {
		Duration waited = Duration.between(job.createdAt(), Instant.now());
		logger.info("{} on {} after {} ms", count.number(), Thread.currentThread().getName(), waited.toMillis());
		Thread.sleep(Duration.ofSeconds(count.number() % 5 + 1).toMillis());
	}

}

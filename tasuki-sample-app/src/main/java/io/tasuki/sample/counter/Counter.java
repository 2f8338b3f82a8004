package io.tasuki.sample.counter;

import io.tasuki.JobClient;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Enqueues the next number, five times a second.
 */
@Component
@EnableScheduling
@Profile("counter")
class Counter {

	private final JdbcClient jdbc;

	private final JobClient jobs;

	Counter(JdbcClient jdbc, JobClient jobs) {
		this.jdbc = jdbc;
		this.jobs = jobs;
	}

	@Scheduled(fixedRate = 200)
	@Transactional
	public void enqueueNext() {
		long number = this.jdbc.sql("select nextval('counter')").query(Long.class).single();
		this.jobs.enqueue(new Count(number));
	}

}

package io.tasuki.sample.drain;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.tasuki.JobClient;
import io.tasuki.worker.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores jobs, drains them and prints the rate, a few times over: the first round warms
 * the JVM up.
 */
@Component
@Profile("drain")
class Drain implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Drain.class);

	private static final int BATCH = 1_000;

	private final JobClient jobs;

	private final Worker worker;

	private final NoOpHandler handler;

	private final JdbcClient jdbc;

	private final int size;

	private final int rounds;

	Drain(JobClient jobs, Worker worker, NoOpHandler handler, JdbcClient jdbc,
			@Value("${sample.drain.jobs:100000}") int size, @Value("${sample.drain.rounds:4}") int rounds) {
		this.jobs = jobs;
		this.worker = worker;
		this.handler = handler;
		this.jdbc = jdbc;
		this.size = size;
		this.rounds = rounds;
	}

	@Override
	public void run(ApplicationArguments arguments) throws InterruptedException {
		logger.info("fsync {}, synchronous_commit {}, {}", setting("fsync"), setting("synchronous_commit"),
				this.jdbc.sql("select version()").query(String.class).single());
		for (int round = 1; round <= this.rounds; round++) {
			this.worker.stop();
			enqueue();
			int runsBefore = this.handler.runs();
			long start = System.nanoTime();
			this.worker.start();
			awaitEmptyQueue();
			Duration took = Duration.ofNanos(System.nanoTime() - start);
			logger.info("Round {}: {} jobs in {} ms, {} jobs/s, {} runs", round, this.size, took.toMillis(),
					this.size * 1_000L / took.toMillis(), this.handler.runs() - runsBefore);
		}
	}

	private void enqueue() {
		for (int first = 0; first < this.size; first += BATCH) {
			List<NoOp> batch = IntStream.range(first, Math.min(first + BATCH, this.size))
				.mapToObj((number) -> new NoOp(number, "a payload of about a hundred bytes, as jobs often have"))
				.toList();
			this.jobs.enqueueAll(batch);
		}
	}

	private void awaitEmptyQueue() throws InterruptedException {
		while (queued() > 0) {
			Thread.sleep(20);
		}
	}

	private long queued() {
		return this.jdbc.sql("select count(*) from (select from tasuki.job where queue = 'drain' limit 1) as job")
			.query(Long.class)
			.single();
	}

	private String setting(String name) {
		return this.jdbc.sql("select current_setting(?)").param(name).query(String.class).single();
	}

}

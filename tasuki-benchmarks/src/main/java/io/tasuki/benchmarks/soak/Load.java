package io.tasuki.benchmarks.soak;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.tasuki.JobClient;
import io.tasuki.benchmarks.soak.load.Kind;
import io.tasuki.benchmarks.soak.load.Producer;
import io.tasuki.localpostgres.Database;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The load that comes from an application without a worker; the jobs that take processes
 * down are all among it.
 */
final class Load implements AutoCloseable {

	private final ConfigurableApplicationContext application;

	private final Producer producer;

	private final ScheduledExecutorService crashes = Executors.newSingleThreadScheduledExecutor();

	Load(Database database) {
		this.application = ProducerApplication.start(database);
		this.producer = new Producer(this.application.getBean(JobClient.class),
				this.application.getBean(JdbcTemplate.class), this.application.getBean(TransactionTemplate.class), 0);
	}

	void start(long seed, int jobsPerSecond) {
		this.producer.start(seed, jobsPerSecond);
		this.crashes.scheduleAtFixedRate(() -> this.producer.enqueue(Kind.CRASHING), 10, 30, TimeUnit.SECONDS);
		this.crashes.scheduleAtFixedRate(() -> this.producer.enqueue(Kind.DEADLY), 20, 120, TimeUnit.SECONDS);
	}

	/**
	 * Enqueues no more.
	 * @return how many jobs were in transactions that were rolled back
	 */
	long end() {
		this.crashes.shutdown();
		this.producer.close();
		return this.producer.rolledBack();
	}

	@Override
	public void close() {
		end();
		this.application.close();
	}

}

package io.tasuki.benchmarks.soak.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tasuki.JobClient;
import io.tasuki.benchmarks.soak.ledger.RunFile;
import io.tasuki.benchmarks.soak.load.Producer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One worker process. Its arguments are {@link WorkerSettings} and the database.
 */
@SpringBootApplication
@EnableConfigurationProperties(WorkerSettings.class)
public class WorkerApplication {

	/** Exit value of a process that a handler took down. */
	public static final int HALTED = 99;

	private final WorkerSettings settings;

	WorkerApplication(WorkerSettings settings) {
		this.settings = settings;
	}

	@Bean
	static ClaimWatch claimWatch() {
		return new ClaimWatch();
	}

	@Bean
	RunFile runFile() {
		return new RunFile(WorkerFiles.runs(this.settings.folder()));
	}

	@Bean
	Producer producer(JobClient jobs, JdbcTemplate jdbc, TransactionTemplate transactions) {
		return new Producer(jobs, jdbc, transactions, this.settings.process());
	}

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (this.settings.jobsPerSecond() > 0) {
			event.getApplicationContext()
				.getBean(Producer.class)
				.start(this.settings.seed(), this.settings.jobsPerSecond());
		}
		create(WorkerFiles.ready(this.settings.folder()));
	}

	private static void create(Path file) {
		try {
			Files.createFile(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static void main(String[] args) {
		SpringApplication.run(WorkerApplication.class, args);
	}

}

package io.tasuki.processes;

import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

import io.tasuki.JobClient;
import io.tasuki.JobRequest;
import io.tasuki.PayloadValidator;
import io.tasuki.client.DefaultJobClient;
import io.tasuki.client.PayloadWriter;
import io.tasuki.jackson.JacksonPayloadSerializer;
import io.tasuki.postgres.PostgresJobNotifications;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.store.JobNotifications;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The program of a child JVM that enqueues one job and has no worker.
 */
final class ProducerMain {

	private static final int MAX_PAYLOAD_BYTES = 1_000;

	private ProducerMain() {
	}

	/**
	 * Enqueues.
	 * @param args URL, user and password of the database, kind, milliseconds of delay
	 */
	public static void main(String[] args) {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(args[0], args[1], args[2]);
		try (PostgresJobNotifications notifications = new PostgresJobNotifications(dataSource, true)) {
			client(dataSource, notifications)
				.enqueue(JobRequest.ofKind(args[3]).withDelay(Duration.ofMillis(Long.parseLong(args[4]))));
			System.out.println("CLOCK " + System.currentTimeMillis());
		}
	}

	static JobClient client(DataSource dataSource, JobNotifications notifications) {
		PostgresJobStore store = new PostgresJobStore(dataSource, false);
		return new DefaultJobClient(store, store.afterCommit(notifications), notifications,
				new PayloadWriter(new JacksonPayloadSerializer(new JsonMapper()), PayloadValidator.NONE,
						MAX_PAYLOAD_BYTES),
				(kind) -> Optional.empty(), false);
	}

}

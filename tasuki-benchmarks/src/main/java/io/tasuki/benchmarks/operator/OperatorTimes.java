package io.tasuki.benchmarks.operator;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;

import io.tasuki.QueueOperations;
import io.tasuki.annotation.JobHandler;
import io.tasuki.benchmarks.comparison.server.ComparisonServer;
import io.tasuki.localpostgres.Database;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Prints how long an operator waits for each answer.
 */
public final class OperatorTimes {

	private static final int LIVE = 1_000_000;

	private static final int ARCHIVED = 5_000_000;

	private static final int DEAD = 1_000;

	private OperatorTimes() {
	}

	/**
	 * Starts a server and an application, fills the queue and makes the calls.
	 * @param args none
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		try (ComparisonServer server = new ComparisonServer()) {
			Database database = server.database(server.createDatabase());
			try (ConfigurableApplicationContext application = start(database)) {
				ManyJobs jobs = new ManyJobs(database);
				fill(application.getBean(QueueOperations.class), jobs);
				String port = application.getEnvironment().getRequiredProperty("local.server.port");
				System.out.printf("PostgreSQL %s; %,d live jobs, %,d archived, %,d dead%n", server.version(),
						jobs.count("tasuki.job"), jobs.count("tasuki.job_archive"), jobs.count("tasuki.job_dead"));
				time(jobs, "http://127.0.0.1:%s/actuator".formatted(port));
			}
		}
	}

	private static ConfigurableApplicationContext start(Database database) {
		return SpringApplication.run(OperatedApplication.class, "--spring.config.name=operator",
				"--spring.datasource.url=" + database.jdbcUrl(), "--spring.datasource.username=" + database.username(),
				"--spring.datasource.password=" + database.password());
	}

	private static void fill(QueueOperations queues, ManyJobs jobs) {
		for (int queue = 1; queue < 10; queue += 2) {
			queues.pause("queue-" + queue);
		}
		jobs.insert(LIVE, ARCHIVED, DEAD);
	}

	private static void time(ManyJobs jobs, String base) throws IOException, InterruptedException {
		// The first request of all pays for what Spring MVC and Jackson do only once.
		List<TimedCall> calls = List.of(TimedCall.of("Actuator's own list of links", ""),
				TimedCall.of("a scrape", "/prometheus"), TimedCall.of("health", "/health"),
				TimedCall.seldom("health, looking again each time", "/health"),
				TimedCall.seldom("the worker, looking again each time", "/tasuki"),
				TimedCall.of("queues", "/tasuki/queues"), TimedCall.of("workers", "/tasuki/workers"),
				TimedCall.of("a page of jobs", "/tasuki/jobs"),
				TimedCall.of("a page of a label", "/tasuki/jobs?label=customer-7"),
				TimedCall.of("a page of due jobs of a queue", "/tasuki/jobs?queue=queue-3&state=AVAILABLE"),
				TimedCall.of("a page of dead letters", "/tasuki/jobs?state=DEAD"),
				TimedCall.of("a live job", "/tasuki/jobs/" + jobs.anyId("tasuki.job")),
				TimedCall.of("an archived job", "/tasuki/jobs/" + jobs.anyId("tasuki.job_archive")));
		System.out.println("| ms | first | median | longest of the others | bytes |");
		System.out.println("|---|---:|---:|---:|---:|");
		HttpClient client = HttpClient.newHttpClient();
		for (TimedCall call : calls) {
			System.out.println(call.run(client, base));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OperatedApplication {

		@Bean
		Reports reports() {
			return new Reports();
		}

	}

	/** Handles jobs of every queue that there is. */
	static class Reports {

		@JobHandler("report")
		void report(Report job) {
			// Nothing is due but in paused queues.
		}

	}

	/**
	 * A report to write.
	 *
	 * @param number which one
	 */
	record Report(int number) {

	}

}

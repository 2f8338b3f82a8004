package io.tasuki.smoke;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.tasuki.localpostgres.Database;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Another process of the shop, which places orders but runs no jobs.
 */
final class Branch {

	private static final String COMMITTED = "committed";

	private Branch() {
	}

	/**
	 * Starts the process and returns when it has ended.
	 * @return the moment after each order's commit, as that process saw it
	 */
	static Map<Long, Instant> placeOrders(Database database, long first, int count)
			throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(java(), "-cp", System.getProperty("java.class.path"),
				Branch.class.getName(), Long.toString(first), Integer.toString(count));
		builder.environment()
			.putAll(Map.of("SPRING_DATASOURCE_URL", database.jdbcUrl(), "SPRING_DATASOURCE_USERNAME",
					database.username(), "SPRING_DATASOURCE_PASSWORD", database.password()));
		Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			Map<Long, Instant> commits = new HashMap<>();
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				List<String> words = List.of(line.split(" "));
				if (words.get(0).equals(COMMITTED)) {
					commits.put(Long.valueOf(words.get(1)), Instant.parse(words.get(2)));
				}
			}
			if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
				throw new IllegalStateException("The other process failed");
			}
			return commits;
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	public static void main(String[] arguments) throws Exception {
		SpringApplicationBuilder shop = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
			.properties("tasuki.worker.enabled=false", "spring.main.banner-mode=off", "logging.level.root=warn");
		try (ConfigurableApplicationContext context = shop.run()) {
			Till till = new Till(context.getBean(Orders.class), context.getBean(TransactionTemplate.class));
			till.place(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]),
					(order, moment) -> System.out.println(COMMITTED + " " + order + " " + moment));
		}
	}

}

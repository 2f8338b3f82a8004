package io.tasuki.benchmarks.soak.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.benchmarks.soak.load.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * What a worker process does on a word from outside. When there is nobody left to give
 * one, the process ends.
 */
@Component
public class Orders implements SmartInitializingSingleton {

	/** Take all connections of the application's pool, for so many milliseconds. */
	public static final String EXHAUST = "exhaust";

	/** Enqueue no more. */
	public static final String QUIET = "quiet";

	private static final Logger logger = LoggerFactory.getLogger(Orders.class);

	private final HikariDataSource pool;

	private final Producer producer;

	Orders(HikariDataSource pool, Producer producer) {
		this.pool = pool;
		this.producer = producer;
	}

	@Override
	public void afterSingletonsInstantiated() {
		start(this::obey, "orders");
	}

	private static void start(Runnable command, String name) {
		Thread thread = new Thread(command, name);
		thread.setDaemon(true);
		thread.start();
	}

	private void obey() {
		try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
			for (String order = orders.readLine(); order != null; order = orders.readLine()) {
				obey(order.split(" "));
			}
		}
		catch (IOException ex) {
			logger.warn("Nobody can be heard any more", ex);
		}
		Runtime.getRuntime().halt(1);
	}

	private void obey(String[] words) {
		if (words[0].equals(EXHAUST)) {
			start(() -> exhaust(Long.parseLong(words[1])), EXHAUST);
		}
		else if (words[0].equals(QUIET)) {
			start(this.producer::close, QUIET);
		}
	}

	private void exhaust(long millis) {
		List<Connection> taken = new ArrayList<>();
		try {
			for (int i = 0; i < this.pool.getMaximumPoolSize(); i++) {
				taken.add(this.pool.getConnection());
			}
			Thread.sleep(millis);
		}
		catch (SQLException ex) {
			logger.info("Could not take all connections: {}", ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			taken.forEach(Orders::giveBack);
		}
	}

	private static void giveBack(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.info("Could not give a connection back: {}", ex.toString());
		}
	}

}

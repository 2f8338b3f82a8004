package io.tasuki.processes;

import java.time.Duration;

import io.tasuki.maintenance.Janitor;
import io.tasuki.maintenance.JanitorSettings;
import io.tasuki.postgres.PostgresMaintenanceStore;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The program of a child JVM: a janitor that works round after round. Prints
 * {@code READY} before the first and {@code ROUND} after each.
 */
final class JanitorMain {

	private static final Duration RETENTION = Duration.ofDays(1);

	private JanitorMain() {
	}

	/**
	 * Runs a janitor.
	 * @param args URL, user and password of the database
	 */
	public static void main(String[] args) throws InterruptedException {
		PostgresMaintenanceStore store = new PostgresMaintenanceStore(
				new DriverManagerDataSource(args[0], args[1], args[2]));
		Janitor janitor = new Janitor(store,
				new JanitorSettings(true, RETENTION, RETENTION, JanitorSettings.DEFAULT_INTERVAL));
		System.out.println("READY");
		while (true) {
			janitor.runOnce();
			System.out.println("ROUND");
			Thread.sleep(100);
		}
	}

}

package io.tasuki.benchmarks.soak.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tasuki.benchmarks.soak.ledger.Incident;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction of the application's keeps rows of running jobs locked for a while. */
record LockRows(int most, Duration duration) implements Fault {

	private static final String SQL = """
			select id
			  from tasuki.job
			 where lock_owner is not null
			 order by random()
			 limit ?
			   for update skip locked
			""";

	@Override
	public void strike(Site site) throws InterruptedException {
		Instant at = Instant.now();
		Set<Long> locked = new HashSet<>();
		TransactionTemplate transaction = new TransactionTemplate(
				new DataSourceTransactionManager(site.jdbc().getDataSource()));
		try {
			transaction.executeWithoutResult((status) -> {
				List<Long> jobs = site.jdbc().queryForList(SQL, Long.class, this.most);
				locked.addAll(jobs);
				hold(site);
			});
		}
		catch (DataAccessException | TransactionException ex) {
			// The server went away, and the locks with it.
		}
		String what = "%d rows locked for %.1f s".formatted(locked.size(), this.duration.toMillis() / 1_000.0);
		site.notes().incident(new Incident(what, at, at, null, locked));
	}

	private void hold(Site site) {
		try {
			site.pause(this.duration);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}

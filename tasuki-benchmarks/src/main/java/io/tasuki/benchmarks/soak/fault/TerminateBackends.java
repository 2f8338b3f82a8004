package io.tasuki.benchmarks.soak.fault;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.tasuki.benchmarks.soak.ledger.Incident;

import org.springframework.dao.DataAccessException;

/** An operator ends some of the server's connections. */
record TerminateBackends(double share, long seed) implements Fault {

	private static final String BACKENDS = """
			select pid
			  from pg_stat_activity
			 where backend_type = 'client backend'
			   and usename <> current_user
			 order by pid
			""";

	private static final String TERMINATE = """
			select count(pg_terminate_backend(pid))
			  from unnest(?) as pid
			""";

	@Override
	public void strike(Site site) {
		try {
			Instant at = Instant.now();
			List<Integer> pids = site.jdbc().queryForList(BACKENDS, Integer.class);
			Collections.shuffle(pids, new Random(this.seed));
			List<Integer> chosen = pids.subList(0, (int) Math.ceil(pids.size() * this.share));
			site.jdbc().queryForObject(TERMINATE, Long.class, (Object) chosen.toArray(Integer[]::new));
			site.notes()
				.incident(Incident.harmless(
						"pg_terminate_backend of %d of %d connections".formatted(chosen.size(), pids.size()), at));
		}
		catch (DataAccessException ex) {
			// The server is down, and with it all connections.
		}
	}

}

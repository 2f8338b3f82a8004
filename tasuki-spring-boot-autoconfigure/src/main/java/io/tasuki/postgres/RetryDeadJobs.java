package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.Retrial;
import io.tasuki.Retrial.Effect;
import io.tasuki.store.Announced;
import io.tasuki.store.WakeUp;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Brings dead jobs back to life: makes live jobs of the letters, then deletes the letters
 * of those that live. A letter whose unique key was taken, by a job that cannot be seen
 * any more, is tried again.
 */
final class RetryDeadJobs {

	// Each further try needs one more job with the same key to come or go in an instant.
	private static final int MAX_TRIES = 20;

	private final CallersConnection connection;

	private final Map<JobId, Announced<Retrial>> answers = new HashMap<>();

	private RetryDeadJobs(CallersConnection connection) {
		this.connection = connection;
	}

	/**
	 * Returns what became of each, in the order of the argument.
	 */
	static List<Announced<Retrial>> run(CallersConnection connection, List<JobId> ids) throws SQLException {
		RetryDeadJobs retry = new RetryDeadJobs(connection);
		Set<JobId> left = new LinkedHashSet<>(ids);
		for (int tries = 0; !left.isEmpty(); tries++) {
			if (tries == MAX_TRIES) {
				throw new TransientDataAccessResourceException(
						"""
								Jobs with the unique key of dead job %s come and go so fast that it could neither be retried nor \
								the one be found that holds the key, %d times in a row"""
							.formatted(left.iterator().next(), MAX_TRIES));
			}
			retry.revive(left);
			left.removeAll(retry.answers.keySet());
			retry.explain(left);
			left.removeAll(retry.answers.keySet());
		}
		List<Announced<Retrial>> answers = new ArrayList<>();
		ids.forEach((id) -> answers.add(retry.answers.get(id)));
		return answers;
	}

	private void revive(Collection<JobId> ids) throws SQLException {
		Map<JobId, WakeUp> revived = ReviveDeadJobs.run(this.connection, ids);
		DeleteDeadJobs.run(this.connection, revived.keySet());
		revived.forEach(
				(id, wakeUp) -> this.answers.put(id, new Announced<>(new Retrial(id, Effect.RETRIED, null), wakeUp)));
	}

	private void explain(Collection<JobId> ids) throws SQLException {
		if (ids.isEmpty()) {
			return;
		}
		Map<JobId, Optional<JobId>> holders = FindKeyHolders.run(this.connection, ids);
		for (JobId id : ids) {
			Optional<JobId> holder = holders.get(id);
			if (holder == null) {
				this.answers.put(id, new Announced<>(new Retrial(id, Effect.NOT_DEAD, null), null));
			}
			else if (holder.isPresent()) {
				this.answers.put(id, new Announced<>(new Retrial(id, Effect.KEY_TAKEN, holder.get()), null));
			}
		}
	}

}

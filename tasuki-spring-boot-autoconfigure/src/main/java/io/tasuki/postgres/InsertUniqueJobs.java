package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import io.tasuki.ConflictPolicy;
import io.tasuki.EnqueuedJob.Effect;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Stores jobs of which some must be alone with a unique key. Those whose key is taken are
 * left out, or take the holder's place, as their conflict policy says; a holder that a
 * worker has begun to run loses its key to a new job.
 *
 * <p>
 * The race: another transaction stored a job with the same key after this statement had
 * taken its snapshot. The key is taken, yet its holder cannot be seen; or a holder that
 * waited was claimed before it could be replaced. The next try sees what has become of
 * it.
 */
final class InsertUniqueJobs {

	// Each further try needs one more job with the same key to come or go in an instant.
	private static final int MAX_TRIES = 20;

	private final CallersConnection connection;

	private final List<NewJob> jobs;

	/** What became of the jobs, in their order; {@code null} while it is open. */
	private final List<@Nullable InsertedJob> inserted;

	private InsertUniqueJobs(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		this.connection = connection;
		this.jobs = jobs;
		this.inserted = insert(jobs);
	}

	static boolean mayTakeSeveralStatements(List<NewJob> jobs) {
		return jobs.size() > 1 || replaces(jobs.get(0));
	}

	static List<InsertedJob> run(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		InsertUniqueJobs insert = new InsertUniqueJobs(connection, jobs);
		insert.meetHolders();
		for (int tries = 1; insert.inserted.contains(null); tries++) {
			if (tries == MAX_TRIES) {
				throw lostTooOften(jobs.get(insert.inserted.indexOf(null)));
			}
			insert.insertMissing();
			insert.meetHolders();
		}
		return List.copyOf(insert.inserted);
	}

	private List<@Nullable InsertedJob> insert(List<NewJob> jobs) throws SQLException {
		if (jobs.size() > 1) {
			return InsertManyUniqueJobs.run(this.connection, jobs);
		}
		List<@Nullable InsertedJob> one = new ArrayList<>();
		one.add(InsertOneUniqueJob.run(this.connection, jobs.get(0)));
		return one;
	}

	private void insertMissing() throws SQLException {
		List<Integer> missing = indices((i) -> this.inserted.get(i) == null);
		List<@Nullable InsertedJob> again = insert(missing.stream().map(this.jobs::get).toList());
		for (int i = 0; i < missing.size(); i++) {
			this.inserted.set(missing.get(i), again.get(i));
		}
	}

	private void meetHolders() throws SQLException {
		List<Integer> refused = indices(this::isRefused);
		if (refused.isEmpty()) {
			return;
		}
		long[] holders = refused.stream().mapToLong(this::idOf).toArray();
		Map<Long, InsertedJob> replaced = ReplaceWaitingJobs.run(this.connection,
				refused.stream().map(this.jobs::get).toList(), holders);
		refused.forEach((i) -> this.inserted.set(i, replaced.get(idOf(i))));
		if (refused.stream().anyMatch((i) -> this.inserted.get(i) == null)) {
			ReleaseUniqueKeys.run(this.connection, holders);
		}
	}

	private boolean isRefused(int i) {
		InsertedJob job = this.inserted.get(i);
		return job != null && (job.effect() == Effect.EXISTING || job.effect() == Effect.RUNNING)
				&& replaces(this.jobs.get(i));
	}

	private static boolean replaces(NewJob job) {
		return job.uniqueKey() != null && job.uniqueKey().conflictPolicy() != ConflictPolicy.KEEP;
	}

	private long idOf(int i) {
		InsertedJob job = this.inserted.get(i);
		return (job != null) ? job.id().value() : 0;
	}

	private List<Integer> indices(IntPredicate condition) {
		return IntStream.range(0, this.jobs.size()).filter(condition).boxed().toList();
	}

	private static TransientDataAccessResourceException lostTooOften(NewJob job) {
		return new TransientDataAccessResourceException("""
				Jobs with the unique key %s come and go so fast in queue '%s' that a job of kind '%s' could neither be \
				stored nor find the one that holds the key, %d times in a row""".formatted(job.uniqueKey(), job.queue(),
				job.kind(), MAX_TRIES));
	}

}

package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Stores new jobs: one or many, due at once or later, with or without unique keys. Each
 * call is one round trip, but for jobs that lost a race for their key and are tried
 * again.
 *
 * <p>
 * The race: another transaction stored a job with the same key after this statement had
 * taken its snapshot. The key is taken, yet its holder cannot be seen. The next statement
 * sees the holder, or finds it gone and stores the job.
 */
final class InsertJobs {

	// Each further try needs one more job with the same key to come or go in an instant.
	private static final int MAX_TRIES = 20;

	private InsertJobs() {
	}

	/**
	 * Returns whether these jobs may need more than one statement that belong together.
	 */
	static boolean mayTakeSeveralStatements(List<NewJob> jobs) {
		return jobs.size() > 1 && hasUniqueKeys(jobs);
	}

	static List<InsertedJob> run(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		if (!hasUniqueKeys(jobs)) {
			return (jobs.size() == 1) ? List.of(insertOne(connection, jobs.get(0))) : insertMany(connection, jobs);
		}
		List<@Nullable InsertedJob> inserted = insertUnique(connection, jobs);
		for (int tries = 1; inserted.contains(null); tries++) {
			if (tries == MAX_TRIES) {
				throw lostTooOften(jobs.get(inserted.indexOf(null)));
			}
			insertMissing(connection, jobs, inserted);
		}
		return List.copyOf(inserted);
	}

	private static boolean hasUniqueKeys(List<NewJob> jobs) {
		return jobs.stream().anyMatch((job) -> job.uniqueKey() != null);
	}

	private static InsertedJob insertOne(CallersConnection connection, NewJob job) throws SQLException {
		return (NewJobRow.isDueAtOnce(job)) ? InsertOneDueJob.run(connection, job) : InsertOneJob.run(connection, job);
	}

	private static List<InsertedJob> insertMany(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		return (InsertAlikeJobs.suits(jobs)) ? InsertAlikeJobs.run(connection, jobs)
				: InsertManyJobs.run(connection, jobs);
	}

	private static List<@Nullable InsertedJob> insertUnique(CallersConnection connection, List<NewJob> jobs)
			throws SQLException {
		if (jobs.size() > 1) {
			return InsertManyUniqueJobs.run(connection, jobs);
		}
		List<@Nullable InsertedJob> one = new ArrayList<>();
		one.add(InsertOneUniqueJob.run(connection, jobs.get(0)));
		return one;
	}

	private static void insertMissing(CallersConnection connection, List<NewJob> jobs,
			List<@Nullable InsertedJob> inserted) throws SQLException {
		List<Integer> missing = new ArrayList<>();
		for (int i = 0; i < jobs.size(); i++) {
			if (inserted.get(i) == null) {
				missing.add(i);
			}
		}
		List<@Nullable InsertedJob> again = insertUnique(connection, missing.stream().map(jobs::get).toList());
		for (int i = 0; i < missing.size(); i++) {
			inserted.set(missing.get(i), again.get(i));
		}
	}

	private static TransientDataAccessResourceException lostTooOften(NewJob job) {
		return new TransientDataAccessResourceException("""
				Jobs with unique key '%s' come and go so fast in queue '%s' that a job of kind '%s' could neither be \
				stored nor find the one that holds the key, %d times in a row""".formatted(job.uniqueKey(), job.queue(),
				job.kind(), MAX_TRIES));
	}

}

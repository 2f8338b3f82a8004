package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.List;

import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;

/**
 * Stores new jobs: one or many, due at once or later, with or without unique keys. Each
 * call is one round trip, but for jobs whose keys are taken and that do not put up with
 * it.
 */
final class InsertJobs {

	private InsertJobs() {
	}

	/**
	 * Returns whether these jobs may need more than one statement that belong together.
	 */
	static boolean mayTakeSeveralStatements(List<NewJob> jobs) {
		return hasUniqueKeys(jobs) && InsertUniqueJobs.mayTakeSeveralStatements(jobs);
	}

	static List<InsertedJob> run(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		if (hasUniqueKeys(jobs)) {
			return InsertUniqueJobs.run(connection, jobs);
		}
		return (jobs.size() == 1) ? List.of(insertOne(connection, jobs.get(0))) : insertMany(connection, jobs);
	}

	private static boolean hasUniqueKeys(List<NewJob> jobs) {
		return jobs.stream().anyMatch(NewJob::isUnique);
	}

	private static InsertedJob insertOne(CallersConnection connection, NewJob job) throws SQLException {
		return (NewJobRow.isUsual(job)) ? InsertOneDueJob.run(connection, job) : InsertOneJob.run(connection, job);
	}

	private static List<InsertedJob> insertMany(CallersConnection connection, List<NewJob> jobs) throws SQLException {
		return (InsertAlikeJobs.suits(jobs)) ? InsertAlikeJobs.run(connection, jobs)
				: InsertManyJobs.run(connection, jobs);
	}

}

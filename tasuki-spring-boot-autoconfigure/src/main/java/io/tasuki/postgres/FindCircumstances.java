package io.tasuki.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.tasuki.JobId;
import io.tasuki.JobState;
import io.tasuki.LiveWorker;
import io.tasuki.postgres.CountJobsAhead.Ahead;
import io.tasuki.store.Circumstances;
import io.tasuki.store.Circumstances.Leased;
import io.tasuki.store.Circumstances.Standing;

/** Finds out why a job does not run: asks no more than its row leaves open. */
final class FindCircumstances {

	private FindCircumstances() {
	}

	static Circumstances run(CallersConnection connection, JobId id) throws SQLException {
		Circumstances found = FindStanding.run(connection, id);
		Standing job = found.job();
		if (job == null || job.finishedAt() != null) {
			return found;
		}
		Map<Long, LiveWorker> workers = FindWorkers.run(connection);
		Circumstances withWorkers = new Circumstances(found.asOf(), job, workers, List.of(), 0, true);
		boolean due = !job.runAt().isAfter(found.asOf());
		return (job.state() == JobState.AVAILABLE && due)
				? PlannerGuards.guarded(connection, (guarded) -> lookAtQueue(guarded, id, job, withWorkers))
				: withWorkers;
	}

	private static Circumstances lookAtQueue(CallersConnection connection, JobId id, Standing job,
			Circumstances circumstances) throws SQLException {
		List<Leased> leased = FindLeasedJobs.run(connection, job.queue());
		Ahead ahead = CountJobsAhead.run(connection, id, job, kindsTaken(job.queue(), circumstances),
				PostgresOperationsStore.LOOK_AT);
		return new Circumstances(circumstances.asOf(), job, circumstances.workers(), leased, ahead.jobs(),
				ahead.complete());
	}

	private static Set<String> kindsTaken(String queue, Circumstances circumstances) {
		return circumstances.workers()
			.values()
			.stream()
			.filter((worker) -> worker.state() == LiveWorker.State.RUNNING && worker.queues().contains(queue))
			.flatMap((worker) -> worker.kinds().stream())
			.collect(Collectors.toSet());
	}

}

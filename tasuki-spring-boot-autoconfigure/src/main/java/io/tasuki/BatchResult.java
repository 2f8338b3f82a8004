package io.tasuki;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * How a handler says that the attempts of a batch ended: one result for all, except for
 * the jobs that have one of their own.
 *
 * @param others result of all jobs that are not named
 * @param results results of single jobs
 * @param failures what went wrong with single jobs, as if their handlers had thrown it
 */
public record BatchResult(JobResult others, Map<JobId, JobResult> results, Map<JobId, Throwable> failures) {

	public BatchResult {
		Objects.requireNonNull(others, "'others' must not be null");
		results = Map.copyOf(results);
		failures = Map.copyOf(failures);
	}

	/**
	 * All jobs are done, but for those that are named afterwards.
	 */
	public static BatchResult done() {
		return all(JobResult.done());
	}

	/**
	 * All jobs ended like this, but for those that are named afterwards.
	 */
	public static BatchResult all(JobResult result) {
		return new BatchResult(result, Map.of(), Map.of());
	}

	/**
	 * Each job ended as this says; those that are not named are done.
	 */
	public static BatchResult of(Map<JobId, JobResult> results) {
		return new BatchResult(JobResult.done(), results, Map.of());
	}

	/**
	 * Returns this result with another one for one job.
	 */
	public BatchResult with(JobId job, JobResult result) {
		Map<JobId, JobResult> results = new HashMap<>(this.results);
		results.put(job, result);
		return new BatchResult(this.others, results, without(this.failures, job));
	}

	/**
	 * Returns this result with a failure of one job: it is retried with backoff, or dead
	 * after its last attempt, and keeps the error.
	 */
	public BatchResult withFailure(JobId job, Throwable failure) {
		Map<JobId, Throwable> failures = new HashMap<>(this.failures);
		failures.put(job, failure);
		return new BatchResult(this.others, without(this.results, job), failures);
	}

	private static <V> Map<JobId, V> without(Map<JobId, V> map, JobId job) {
		Map<JobId, V> rest = new HashMap<>(map);
		rest.remove(job);
		return rest;
	}

	/**
	 * Returns how a job ended; {@code null} if it failed.
	 */
	public @Nullable JobResult of(JobId job) {
		return this.failures.containsKey(job) ? null : this.results.getOrDefault(job, this.others);
	}

	/**
	 * Returns the jobs that are named.
	 */
	public Set<JobId> named() {
		Set<JobId> named = new HashSet<>(this.results.keySet());
		named.addAll(this.failures.keySet());
		return named;
	}

}

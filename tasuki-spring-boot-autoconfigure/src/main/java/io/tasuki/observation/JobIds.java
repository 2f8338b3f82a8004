package io.tasuki.observation;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.tasuki.EnqueuedJob;
import io.tasuki.Job;
import io.tasuki.JobId;

/** Names jobs in the value of a key, of which tracers keep only so much. */
final class JobIds {

	private static final int MOST = 20;

	private JobIds() {
	}

	static String of(List<EnqueuedJob> jobs) {
		return text(jobs, EnqueuedJob::id);
	}

	static String ofJobs(List<Job> jobs) {
		return text(jobs, Job::id);
	}

	private static <T> String text(List<T> jobs, Function<T, JobId> id) {
		return switch (jobs.size()) {
			case 0 -> KeyValue.NONE_VALUE;
			case 1 -> id.apply(jobs.get(0)).toString();
			default -> jobs.stream()
				.limit(MOST)
				.map((job) -> id.apply(job).toString())
				.collect(Collectors.joining(",", "", (jobs.size() > MOST) ? ",…" : ""));
		};
	}

}

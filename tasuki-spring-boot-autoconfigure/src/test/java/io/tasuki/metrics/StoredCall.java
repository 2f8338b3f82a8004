package io.tasuki.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.tasuki.EnqueuedJob;
import io.tasuki.JobId;
import io.tasuki.client.EnqueueCall;

/** A call that enqueues, whose transaction commits when it is told to. */
final class StoredCall implements EnqueueCall {

	private final List<Stored> jobs;

	private final List<Runnable> actions = new ArrayList<>();

	StoredCall(Stored... jobs) {
		this.jobs = List.of(jobs);
	}

	void commit() {
		this.actions.forEach(Runnable::run);
	}

	@Override
	public int size() {
		return this.jobs.size();
	}

	@Override
	public void carry(String name, String value) {
	}

	@Override
	public List<EnqueuedJob> proceed() {
		return IntStream.range(0, this.jobs.size())
			.mapToObj((i) -> new EnqueuedJob(new JobId(i + 1), this.jobs.get(i).effect()))
			.toList();
	}

	@Override
	public void afterCommit(Runnable action) {
		this.actions.add(action);
	}

	@Override
	public String kind(int index) {
		return this.jobs.get(index).kind();
	}

	@Override
	public String queue(int index) {
		return this.jobs.get(index).queue();
	}

	@Override
	public Set<String> kinds() {
		return this.jobs.stream().map(Stored::kind).collect(Collectors.toSet());
	}

	@Override
	public Set<String> queues() {
		return this.jobs.stream().map(Stored::queue).collect(Collectors.toSet());
	}

	/**
	 * One of the jobs.
	 *
	 * @param effect what the call did
	 */
	record Stored(String kind, String queue, EnqueuedJob.Effect effect) {

		static Stored[] many(int count, String kind, String queue) {
			return Stream.generate(() -> new Stored(kind, queue, EnqueuedJob.Effect.CREATED))
				.limit(count)
				.toArray(Stored[]::new);
		}

	}

}

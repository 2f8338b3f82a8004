package io.tasuki.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.tasuki.EnqueuedJob;
import io.tasuki.JobRequest;
import io.tasuki.store.AfterCommit;
import io.tasuki.store.NewJob;

/** A call that goes through the interceptors, one after the other. */
final class InterceptedEnqueue implements EnqueueCall {

	private final List<EnqueueInterceptor> interceptors;

	private final Collection<JobRequest<?>> requests;

	private final NewJobs newJobs;

	private final Function<List<NewJob>, Enqueued> store;

	private final AfterCommit afterCommit;

	private final Carried carried = new Carried();

	private final List<NewJob> made;

	private int next;

	private boolean joined;

	InterceptedEnqueue(List<EnqueueInterceptor> interceptors, Collection<JobRequest<?>> requests, NewJobs newJobs,
			Function<List<NewJob>, Enqueued> store, AfterCommit afterCommit) {
		this.interceptors = interceptors;
		this.requests = requests;
		this.newJobs = newJobs;
		this.store = store;
		this.afterCommit = afterCommit;
		this.made = new ArrayList<>(requests.size());
	}

	@Override
	public int size() {
		return this.requests.size();
	}

	@Override
	public void carry(String name, String value) {
		this.carried.put(name, value);
	}

	@Override
	public List<EnqueuedJob> proceed() {
		if (this.next < this.interceptors.size()) {
			return this.interceptors.get(this.next++).intercept(this);
		}
		for (JobRequest<?> request : this.requests) {
			this.made.add(this.newJobs.of(request, this.carried));
		}
		Enqueued enqueued = this.store.apply(this.made);
		this.joined = enqueued.joined();
		return enqueued.jobs();
	}

	@Override
	public void afterCommit(Runnable action) {
		if (this.joined) {
			this.afterCommit.run(action);
		}
		else {
			action.run();
		}
	}

	@Override
	public String kind(int index) {
		return this.made.get(index).kind();
	}

	@Override
	public String queue(int index) {
		return this.made.get(index).queue();
	}

	@Override
	public Set<String> kinds() {
		return distinct(NewJob::kind);
	}

	@Override
	public Set<String> queues() {
		return distinct(NewJob::queue);
	}

	private Set<String> distinct(Function<NewJob, String> name) {
		if (this.made.size() == 1) {
			return Set.of(name.apply(this.made.get(0)));
		}
		Set<String> names = new HashSet<>();
		this.made.forEach((job) -> names.add(name.apply(job)));
		return names;
	}

	/**
	 * What the store has answered.
	 *
	 * @param joined whether the caller's transaction is to be committed first
	 */
	record Enqueued(List<EnqueuedJob> jobs, boolean joined) {
	}

}

package io.tasuki.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.tasuki.EnqueuedJob;
import io.tasuki.JobRequest;
import io.tasuki.store.NewJob;

/** A call that goes through the interceptors, one after the other. */
final class InterceptedEnqueue implements EnqueueCall {

	private final List<EnqueueInterceptor> interceptors;

	private final Collection<JobRequest<?>> requests;

	private final NewJobs newJobs;

	private final Function<List<NewJob>, List<EnqueuedJob>> store;

	private final Carried carried = new Carried();

	private final List<NewJob> made;

	private int next;

	InterceptedEnqueue(List<EnqueueInterceptor> interceptors, Collection<JobRequest<?>> requests, NewJobs newJobs,
			Function<List<NewJob>, List<EnqueuedJob>> store) {
		this.interceptors = interceptors;
		this.requests = requests;
		this.newJobs = newJobs;
		this.store = store;
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
		return this.store.apply(this.made);
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

}

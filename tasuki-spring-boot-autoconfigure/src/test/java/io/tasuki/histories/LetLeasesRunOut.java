package io.tasuki.histories;

import java.util.List;

import io.tasuki.histories.Tally.Event;

/** Some leases run out. */
record LetLeasesRunOut(List<Integer> jobs) implements Step {

	@Override
	public void play(Scene scene) {
		List<ModelJob> jobs = scene.model().jobs(this.jobs);
		scene.queue().letLeasesRunOut(jobs);
		jobs.forEach((job) -> job.letLeaseRunOut(scene.model().hours().in(-1)));
		scene.tally().add(Event.LEASE_RAN_OUT, jobs.size());
	}

}

package io.tasuki.histories;

import java.util.List;
import java.util.Optional;

import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Lease;
import io.tasuki.store.WorkerName;

import static org.assertj.core.api.Assertions.assertThat;

/** Asks which workers died while they held a job. */
record NameCrashedWorkers(int owner, LeaseName lease) implements Step {

	@Override
	public void play(Scene scene) {
		Optional<Lease> lease = scene.model().lease(this.lease);
		lease.ifPresent((known) -> {
			List<Long> owners = scene.model().held(known).map(ModelJob::crashOwners).orElse(List.of());
			List<WorkerName> names = scene.queue().owner(this.owner).store().crashedWorkers(known);
			assertThat(names).as("crashed workers").isEqualTo(scene.queue().names(owners));
			scene.tally().add(Event.CRASHED_WORKER_NAMED, names.size());
		});
	}

}

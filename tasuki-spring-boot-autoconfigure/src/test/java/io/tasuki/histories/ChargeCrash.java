package io.tasuki.histories;

import java.util.Optional;

import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;

import org.springframework.dao.CannotAcquireLockException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Counts a crash against a job that is about to start. */
record ChargeCrash(int owner, LeaseName lease) implements Step {

	@Override
	public void play(Scene scene) {
		scene.model().lease(this.lease).ifPresent((lease) -> charge(lease, scene));
	}

	private void charge(Lease lease, Scene scene) {
		LeaseStore store = scene.queue().owner(this.owner).store();
		Optional<ModelJob> held = scene.model().held(lease);
		if (held.isPresent() && scene.model().locked(held.get())) {
			assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> store.chargeCrash(lease));
			scene.tally().add(Event.ROW_LOCKED);
			return;
		}
		assertThat(store.chargeCrash(lease)).as("crashes").isEqualTo(held.map(ModelJob::chargeCrash));
		scene.tally().add((held.isPresent()) ? Event.CRASH_CHARGED : Event.CHARGE_REFUSED);
	}

}

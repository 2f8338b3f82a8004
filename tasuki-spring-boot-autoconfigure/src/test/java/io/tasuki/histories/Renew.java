package io.tasuki.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.tasuki.histories.Tally.Event;
import io.tasuki.store.Lease;
import io.tasuki.store.Renewal;

import static org.assertj.core.api.Assertions.assertThat;

/** Extends leases, whoever's they are. */
record Renew(int owner, List<LeaseName> leases, int hours) implements Step {

	@Override
	public void play(Scene scene) {
		Model model = scene.model();
		Instant leaseEnd = model.hours().in(this.hours);
		Set<Lease> renewed = new HashSet<>();
		Set<Lease> lost = new HashSet<>();
		Set<Lease> cancelRequested = new HashSet<>();
		List<Lease> known = model.leases(this.leases);
		for (Lease lease : known) {
			Optional<ModelJob> held = model.held(lease);
			if (held.isEmpty()) {
				lost.add(lease);
			}
			else if (model.locked(held.get())) {
				scene.tally().add(Event.ROW_LOCKED);
			}
			else {
				held.get().renew(leaseEnd);
				renewed.add(lease);
				if (held.get().cancelRequested()) {
					cancelRequested.add(lease);
				}
			}
		}
		Renewal renewal = scene.queue().owner(this.owner).store().renew(known, Duration.ofHours(this.hours));
		assertThat(renewal).isEqualTo(new Renewal(renewed, lost, cancelRequested));
		scene.tally().add(Event.RENEWED, renewed.size());
		scene.tally().add(Event.RENEWAL_REFUSED, lost.size());
		scene.tally().add(Event.CANCEL_SEEN, cancelRequested.size());
	}

}

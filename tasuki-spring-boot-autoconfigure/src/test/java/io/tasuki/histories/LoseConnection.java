package io.tasuki.histories;

import java.util.Set;

import io.tasuki.histories.Tally.Event;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An owner's connection breaks between claims. */
record LoseConnection(int owner) implements Step {

	@Override
	public void play(Scene scene) {
		Owner owner = scene.queue().owner(this.owner);
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> owner.store(Fault.UNHEARD).look(Set.of("any")));
		owner.change();
		scene.tally().add(Event.OWNER_CHANGED);
	}

}

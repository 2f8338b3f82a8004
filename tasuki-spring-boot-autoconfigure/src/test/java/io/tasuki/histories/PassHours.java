package io.tasuki.histories;

/** Time passes: jobs become due and leases run out. */
record PassHours(int hours) implements Step {

	@Override
	public void play(Scene scene) {
		scene.queue().pass(this.hours);
		scene.model().pass(this.hours);
	}

}

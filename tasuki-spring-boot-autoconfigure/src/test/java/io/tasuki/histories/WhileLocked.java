package io.tasuki.histories;

import java.util.List;

/** Does something while somebody else holds the rows of some jobs. */
record WhileLocked(List<Integer> jobs, Step step) implements Step {

	@Override
	public void play(Scene scene) {
		List<ModelJob> locked = scene.model().jobs(this.jobs).stream().filter(ModelJob::live).toList();
		scene.model().lock(locked);
		scene.queue().whileLocked(locked, () -> this.step.play(scene));
		scene.model().unlock();
	}

	@Override
	public List<Step> simpler() {
		return List.of(this.step);
	}

}

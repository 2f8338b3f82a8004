package io.tasuki.histories;

import java.util.Optional;
import java.util.stream.Collectors;

import io.tasuki.FoundJob;
import io.tasuki.histories.Tally.Event;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks a job up, wherever it is. */
record Find(int number) implements Step {

	@Override
	public void play(Scene scene) {
		scene.model().job(this.number).ifPresent((job) -> find(job, scene));
	}

	private static void find(ModelJob job, Scene scene) {
		Optional<FoundJob> found = scene.queue().jobs().find(job.id);
		Row row = job.row(scene.model().hours());
		assertThat(found.isPresent()).as("job %d is found", job.number).isEqualTo(job.kept());
		found.ifPresent((answer) -> {
			assertThat(answer.job()).isEqualTo(job.told(answer.job().createdAt()));
			assertThat(answer.state()).isEqualTo(job.state(scene.model().hours()));
			assertThat(answer.progress()).isEqualTo(row.progress());
			assertThat(answer.progressNote()).isEqualTo(row.note());
			assertThat(answer.reason()).isEqualTo(row.reason());
			assertThat(answer.finishedAt() == null).as("still lives").isEqualTo(job.live());
			assertThat(answer.errors()
				.stream()
				.map((error) -> error.attempt() + " " + error.message())
				.collect(Collectors.joining(", "))).isEqualTo(row.errors());
			assertThat(answer.logLines()
				.stream()
				.map((line) -> line.attempt() + " " + line.text())
				.collect(Collectors.joining(", "))).isEqualTo(row.lines());
			scene.tally().add(Event.FOUND);
		});
	}

}

package io.tasuki.store;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WorkerNameTests {

	@Test
	void saysHostAndProcessUnlessToldOtherwise() {
		assertThat(WorkerName.ofThisProcess().value())
			.matches("\\S.* \\(pid %d\\)".formatted(ProcessHandle.current().pid()));
	}

	@Test
	void isNotBlank() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WorkerName(" "));
	}

	@Test
	void isCutToWhatFitsIntoALine() {
		assertThat(new WorkerName("n".repeat(1000)).value()).hasSize(200);
	}

}

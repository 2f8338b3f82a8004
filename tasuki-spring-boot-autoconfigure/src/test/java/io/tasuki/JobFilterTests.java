package io.tasuki;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JobFilterTests {

	@Test
	void refusesStatesThatAreKeptInDifferentPlaces() { // B49
		assertThatIllegalArgumentException().isThrownBy(() -> JobFilter.of(JobState.AVAILABLE, JobState.DEAD))
			.withMessageContaining("are kept in different places")
			.withMessageContaining("AVAILABLE")
			.withMessageContaining("DEAD");
	}

	@Test
	void refusesToAskWhenLiveJobsFinished() { // B49
		assertThatIllegalArgumentException().isThrownBy(() -> JobFilter.live().withFinishedBefore(Instant.EPOCH))
			.withMessage("Live jobs have not finished: filter them by when they were created");
	}

	@Test
	void refusesNamesThatNoQueueHas() { // B49
		assertThatIllegalArgumentException().isThrownBy(() -> JobFilter.dead().withQueue(" "))
			.withMessage("Queue name must not be blank");
		assertThatIllegalArgumentException().isThrownBy(() -> JobFilter.dead().withKind("k".repeat(129)))
			.withMessageContaining("at most 128 characters");
	}

	@Test
	void keepsWhatWasNarrowedBefore() {
		JobFilter filter = JobFilter.finished()
			.withQueue("q")
			.withKind("k")
			.withLabel("l")
			.withCreatedFrom(Instant.ofEpochSecond(1))
			.withCreatedBefore(Instant.ofEpochSecond(2))
			.withFinishedFrom(Instant.ofEpochSecond(3))
			.withFinishedBefore(Instant.ofEpochSecond(4));
		assertThat(filter).isEqualTo(new JobFilter(filter.states(), "q", "k", "l", Instant.ofEpochSecond(1),
				Instant.ofEpochSecond(2), Instant.ofEpochSecond(3), Instant.ofEpochSecond(4)));
		assertThat(filter.isLive() || filter.isDead()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1001, Integer.MAX_VALUE })
	void aPageHasABoundedSize(int size) { // B49
		assertThatIllegalArgumentException().isThrownBy(() -> JobPageRequest.ofSize(size))
			.withMessage("A page has from 1 to 1000 jobs, not " + size);
	}

}

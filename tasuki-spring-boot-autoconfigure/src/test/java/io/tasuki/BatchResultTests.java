package io.tasuki;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchResultTests {

	private static final JobId ONE = new JobId(1);

	private static final JobId TWO = new JobId(2);

	@Test
	void jobThatIsNotNamedEndsAsTheOthers() {
		assertThat(BatchResult.done().of(ONE)).isEqualTo(JobResult.done());
		assertThat(BatchResult.all(JobResult.retry()).of(ONE)).isEqualTo(JobResult.retry());
		assertThat(BatchResult.of(Map.of(TWO, JobResult.retry())).of(ONE)).isEqualTo(JobResult.done());
	}

	@Test
	void laterWordOfAJobReplacesTheEarlier() {
		IllegalStateException failure = new IllegalStateException();
		BatchResult failed = BatchResult.done().with(ONE, JobResult.retry()).withFailure(ONE, failure);
		assertThat(failed.of(ONE)).isNull();
		assertThat(failed.failures()).containsOnly(Map.entry(ONE, failure));
		assertThat(failed.with(ONE, JobResult.done()).failures()).isEmpty();
		assertThat(failed.with(TWO, JobResult.done()).named()).containsExactlyInAnyOrder(ONE, TWO);
	}

}

package io.tasuki.observation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.BatchResult;
import io.tasuki.EnqueuedJob;
import io.tasuki.JobContext;
import io.tasuki.JobResult;
import io.tasuki.TestJobContext;
import io.tasuki.client.EnqueueCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CarriedMdcTests {

	private final CarriedMdc mdc = new CarriedMdc(List.of("tenant", "user"));

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void carriesChosenEntriesThatAreThere() { // B13
		MDC.put("tenant", "blue");
		MDC.put("secret", "of the caller");
		Call call = new Call();
		this.mdc.intercept(call);
		assertThat(call.carried).isEqualTo(Map.of("tasuki.mdc.tenant", "blue"));
	}

	@Test
	void putsBackWhatStoodThereBefore() throws Exception { // B13
		MDC.put("tenant", "of the thread");
		MDC.put("user", "of the thread");
		this.mdc.intercept(job(Map.of("tasuki.mdc.tenant", "blue")), (context) -> {
			assertThat(MDC.get("tenant")).isEqualTo("blue");
			assertThat(MDC.get("user")).isNull();
			return JobResult.done();
		});
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "of the thread", "user", "of the thread"));
	}

	@Test
	void removesItsEntriesAfterAFailureToo() { // B13
		assertThatIllegalStateException()
			.isThrownBy(() -> this.mdc.intercept(job(Map.of("tasuki.mdc.tenant", "blue")), (context) -> {
				throw new IllegalStateException(MDC.get("tenant"));
			}))
			.withMessage("blue");
		assertThat(MDC.get("tenant")).isNull();
	}

	@Test
	void givesABatchWhatAllItsJobsAgreeIn() throws Exception { // B13
		List<JobContext> batch = List.of(job(Map.of("tasuki.mdc.tenant", "blue", "tasuki.mdc.user", "ada")),
				job(Map.of("tasuki.mdc.tenant", "blue", "tasuki.mdc.user", "bob")));
		this.mdc.intercept(batch, () -> {
			assertThat(MDC.get("tenant")).isEqualTo("blue");
			assertThat(MDC.get("user")).isNull();
			return BatchResult.done();
		});
		assertThat(MDC.get("tenant")).isNull();
	}

	private static JobContext job(Map<String, String> metadata) {
		return TestJobContext.withMetadata(metadata);
	}

	private static final class Call implements EnqueueCall {

		private final Map<String, String> carried = new HashMap<>();

		@Override
		public int size() {
			return 1;
		}

		@Override
		public void carry(String name, String value) {
			this.carried.put(name, value);
		}

		@Override
		public List<EnqueuedJob> proceed() {
			return List.of();
		}

		@Override
		public void afterCommit(Runnable action) {
		}

		@Override
		public String kind(int index) {
			throw new IndexOutOfBoundsException(index);
		}

		@Override
		public String queue(int index) {
			throw new IndexOutOfBoundsException(index);
		}

		@Override
		public Set<String> kinds() {
			return Set.of();
		}

		@Override
		public Set<String> queues() {
			return Set.of();
		}

	}

}

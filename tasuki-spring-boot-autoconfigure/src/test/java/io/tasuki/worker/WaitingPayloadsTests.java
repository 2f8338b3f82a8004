package io.tasuki.worker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.BatchHandler;
import io.tasuki.BatchResult;
import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.PayloadUpcaster;
import io.tasuki.PayloadVersion;
import io.tasuki.UnreadablePayloadException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingPayloadsTests {

	private final HandlerRegistry handlers = new HandlerRegistry();

	@Test
	void findsWhatAnAttemptCouldNotRead() {
		register(HandlerRegistration.of("work", new Reading()));
		assertThat(find(job("work", "readable", Map.of()), job("work", "broken", Map.of()))).singleElement()
			.satisfies((found) -> {
				assertThat(found.job().payload()).isEqualTo("broken");
				assertThat(found.handler()).isEqualTo("the handler of 'work'");
				assertThat(found.problem()).isEqualTo("it is broken");
			});
	}

	@Test
	void readsThroughInterceptorsAndUpcasters() {
		PayloadUpcaster upcaster = PayloadUpcaster.of("work", 1, (json) -> json.replace("old", "broken"));
		register(HandlerRegistration.of("work", new Reading())
			.withUpcasters(2, List.of(upcaster))
			.withInterceptors(List.of((context, next) -> next.handle(context))));
		assertThat(find(job("work", "fine", Map.of()), job("work", "old", Map.of()),
				job("work", "old", Map.of(PayloadVersion.METADATA, "2")),
				job("work", "broken", Map.of(PayloadVersion.METADATA, "3"))))
			.singleElement()
			.satisfies((found) -> assertThat(found.job().metadata()).isEmpty());
	}

	@Test
	void readsWhatWaitsForABatchHandler() {
		PayloadUpcaster upcaster = PayloadUpcaster.of("work", 1, (json) -> json.replace("old", "broken"));
		register(HandlerRegistration.ofBatch("work", 10, new ReadingBatches()).withUpcasters(2, List.of(upcaster)));
		assertThat(find(job("work", "fine", Map.of()), job("work", "old", Map.of()))).singleElement()
			.satisfies((found) -> assertThat(found.job().payload()).isEqualTo("old"));
	}

	@Test
	void takesWhatNobodyCanTryForReadable() {
		register(HandlerRegistration.of("work", (context) -> JobResult.done()));
		assertThat(find(job("work", "broken", Map.of()), job("unknown", "broken", Map.of()))).isEmpty();
	}

	private void register(HandlerRegistration registration) {
		this.handlers.register(registration);
	}

	private List<UnreadableJob> find(Job... jobs) {
		return new WaitingPayloads((queues, kinds, perKind) -> {
			assertThat(queues).containsExactly("default");
			assertThat(kinds).containsExactly("work");
			assertThat(perKind).isEqualTo(100);
			return List.of(jobs);
		}, this.handlers, () -> Set.of("default")).findUnreadable();
	}

	private static Job job(String kind, String payload, Map<String, String> metadata) {
		return new Job(new JobId(7), kind, "default", payload, 5, 0, null, Instant.EPOCH, Instant.EPOCH, null,
				metadata);
	}

	private static void readUnlessBroken(Job job) {
		if ("broken".equals(job.payload())) {
			throw new UnreadablePayloadException("it is broken");
		}
	}

	/** Cannot read what says so. */
	private static final class Reading implements Handler, PayloadReader {

		@Override
		public JobResult handle(JobContext context) {
			throw new AssertionError("ran");
		}

		@Override
		public void read(Job job) {
			readUnlessBroken(job);
		}

	}

	/** Cannot read what says so. */
	private static final class ReadingBatches implements BatchHandler<JobContext>, PayloadReader {

		@Override
		public JobContext read(JobContext context) {
			throw new AssertionError("ran");
		}

		@Override
		public BatchResult handle(List<JobContext> batch) {
			throw new AssertionError("ran");
		}

		@Override
		public void read(Job job) {
			readUnlessBroken(job);
		}

	}

}

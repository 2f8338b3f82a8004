package io.tasuki.worker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.PayloadUpcaster;
import io.tasuki.PayloadVersion;
import io.tasuki.TasukiException;
import io.tasuki.UnreadablePayloadException;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Lease;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UpcastingHandlerTests {

	private final List<String> payloads = new ArrayList<>();

	private final Handler handler = (context) -> {
		this.payloads.add(String.valueOf(context.job().payload()));
		return JobResult.done();
	};

	@Test
	void bringsAPayloadFromItsVersionToThatOfTheHandler() throws Exception {
		Handler upcasting = upcasting(4, step(1), step(3));
		upcasting.handle(context("v1", Map.of()));
		upcasting.handle(context("v2", version("2")));
		upcasting.handle(context("v3", version("3")));
		upcasting.handle(context("v4", version("4")));
		upcasting.handle(context(null, Map.of()));
		assertThat(this.payloads).containsExactly("v1>2>4", "v2>4", "v3>4", "v4", "null");
	}

	@Test
	void passesTheContextOnWhereNothingIsToBeDone() throws Exception {
		JobContext context = context("{}", Map.of());
		List<JobContext> passed = new ArrayList<>();
		HandlerRegistration.of("kind", (given) -> {
			passed.add(given);
			return JobResult.done();
		}).withUpcasters(1, List.of()).handler().handle(context);
		assertThat(passed).singleElement().isSameAs(context);
	}

	@Test
	void leavesANewerPayloadForLater() {
		assertThatExceptionOfType(TasukiException.class)
			.isThrownBy(() -> upcasting(2, step(1)).handle(context("{}", version("3"))))
			.isNotInstanceOf(UnreadablePayloadException.class)
			.withMessageContaining("payload of version 3, but its handler here reads version 2");
	}

	@Test
	void cannotReadWhatCannotBeUpcastOrHasNoVersion() {
		PayloadUpcaster broken = PayloadUpcaster.of("kind", 1, (json) -> {
			throw new IllegalStateException("no name");
		});
		assertThatExceptionOfType(UnreadablePayloadException.class)
			.isThrownBy(() -> upcasting(2, broken).handle(context("{}", Map.of())))
			.withMessageContaining("from version 1 of its payload to the next: no name");
		for (String nonsense : List.of("two", "0", "-1", "")) {
			assertThatExceptionOfType(UnreadablePayloadException.class)
				.isThrownBy(() -> upcasting(2, step(1)).handle(context("{}", version(nonsense))))
				.withMessageContaining("says '" + nonsense + "' in its metadata");
		}
	}

	@Test
	void refusesUpcastersThatNobodyAsksAndTwoForOneVersion() {
		assertThatIllegalArgumentException().isThrownBy(() -> upcasting(2, step(2)))
			.withMessage("Nothing is upcast from version 2 of kind 'kind', whose payload has version 2");
		assertThatIllegalArgumentException().isThrownBy(() -> upcasting(2, step(1), step(1)))
			.withMessage("Two upcasters start from version 1 of kind 'kind'");
		assertThatIllegalArgumentException().isThrownBy(() -> step(0)).withMessageContaining("at least 1, not 0");
	}

	private Handler upcasting(int version, PayloadUpcaster... upcasters) {
		return HandlerRegistration.of("kind", this.handler).withUpcasters(version, List.of(upcasters)).handler();
	}

	private static PayloadUpcaster step(int from) {
		return PayloadUpcaster.of("kind", from, (json) -> json + ">" + (from + 1));
	}

	private static Map<String, String> version(String version) {
		return Map.of(PayloadVersion.METADATA, version);
	}

	private static JobContext context(@Nullable String payload, Map<String, String> metadata) {
		Job job = new Job(new JobId(7), "kind", "default", payload, 5, 1, null, Instant.EPOCH, Instant.EPOCH, null,
				metadata);
		ClaimedJob claimed = new ClaimedJob(job, new Lease(job.id(), 1, 7), 0, false);
		return new RunningJob(new HeldJob(claimed, Jobs.handler("kind"), Jobs.line(), 0), () -> false);
	}

}

package io.tasuki.actuate;

import java.time.Duration;
import java.time.Instant;

import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobPageRequest;
import io.tasuki.JobState;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ParametersTests {

	@Test
	void takesWhatIsBlankAsNotGiven() { // B54
		assertThat(Parameters.text(" ")).isNull();
		assertThat(Parameters.page("", " ")).isEqualTo(JobPageRequest.ofSize(50));
		assertThat(Parameters.flag("dryRun", "", true)).isTrue();
		assertThat(Parameters.instant("runAt", "")).isNull();
		assertThat(Parameters.duration("delay", "")).isNull();
		assertThat(new FilterParameters("", "", "", "", "", "", "", "").toFilter(JobFilter.dead()))
			.isEqualTo(JobFilter.dead());
	}

	@Test
	void readsWhatIsGiven() { // B54
		assertThat(Parameters.jobId(" 17 ")).isEqualTo(new JobId(17));
		assertThat(Parameters.page("1000", "live.17")).isEqualTo(new JobPageRequest(1_000, "live.17"));
		assertThat(Parameters.flag("dryRun", "FALSE", true)).isFalse();
		assertThat(Parameters.instant("runAt", "2026-11-22T13:00:00+01:00"))
			.isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
		assertThat(Parameters.duration("delay", "90m")).isEqualTo(Duration.ofMinutes(90));
		assertThat(Parameters.duration("delay", "PT1H30M")).isEqualTo(Duration.ofMinutes(90));
	}

	@Test
	void readsAFilter() { // B54
		JobFilter filter = new FilterParameters("succeeded, CANCELLED", "mail", "SendInvoice", "batch-7", null, null,
				"2026-11-22T12:00:00Z", null)
			.toFilter(JobFilter.live());
		assertThat(filter).isEqualTo(JobFilter.finished()
			.withQueue("mail")
			.withKind("SendInvoice")
			.withLabel("batch-7")
			.withFinishedFrom(Instant.parse("2026-11-22T12:00:00Z")));
		assertThat(FilterWords.of(filter)).isEqualTo("state SUCCEEDED or CANCELLED, queue 'mail', kind 'SendInvoice', "
				+ "label 'batch-7', finished from 2026-11-22T12:00:00Z on");
		assertThat(FilterWords.of(JobFilter.of(JobState.DEAD))).isEqualTo("state DEAD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "0", "1.5", "9999999999999999999", "all" })
	void refusesWhatIsNoId(String value) { // B54
		assertRefused(() -> Parameters.jobId(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1001", "-1", "many", "99999999999" })
	void refusesPagesOfOtherSizes(String value) { // B54
		assertRefused(() -> Parameters.page(value, null));
	}

	private static void assertRefused(ThrowingCallable use) {
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(use)
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(ex.getMessage()).isNotBlank());
	}

}

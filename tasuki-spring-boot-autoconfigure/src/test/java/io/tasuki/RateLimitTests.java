package io.tasuki;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RateLimitTests {

	@ParameterizedTest
	@CsvSource({ "100/s, 100, PT1S", "10/m, 10, PT1M", "5/30s, 5, PT30S", "1/500ms, 1, PT0.5S", "7/h, 7, PT1H",
			"' 100000 / 1d ', 100000, P1D" })
	void readsText(String text, int starts, Duration period) { // B31
		assertThat(RateLimit.of(text)).isEqualTo(new RateLimit(starts, period));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "fast", "100", "/s", "100/", "-1/s", "1.5/s", "10/w", "10/s/s", "9999999999/s" })
	void refusesOtherText(String text) { // B31
		assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.of(text))
			.withMessage("Rate limit must look like 100/s, 10/m or 5/30s (units ms, s, m, h, d), not '%s'", text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0/s", "100001/s" })
	void refusesNumbersThatItCannotHold(String text) { // B31
		assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.of(text))
			.withMessageContaining("must be from 1 to 100000 jobs");
	}

	@Test
	void refusesPeriodsThatItCannotMeasure() { // B31
		assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.of("1/0s"))
			.withMessageContaining("from 1ms to 1d, not PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(1, Duration.ofDays(2)))
			.withMessageContaining("from 1ms to 1d");
	}

}

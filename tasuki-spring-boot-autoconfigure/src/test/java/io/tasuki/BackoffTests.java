package io.tasuki;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackoffTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@Test
	void constantWaitsEquallyLong() {
		Backoff backoff = Backoff.constant(SECOND);
		assertThat(backoff.after(1)).isEqualTo(SECOND);
		assertThat(backoff.after(50)).isEqualTo(SECOND);
	}

	@Test
	void exponentialGrowsByItsFactorUpToItsLimit() { // B39
		Backoff backoff = Backoff.exponential(SECOND, 3, Duration.ofSeconds(20), 0);
		assertThat(backoff.after(1)).isEqualTo(SECOND);
		assertThat(backoff.after(2)).isEqualTo(Duration.ofSeconds(3));
		assertThat(backoff.after(3)).isEqualTo(Duration.ofSeconds(9));
		assertThat(backoff.after(4)).isEqualTo(Duration.ofSeconds(20));
		assertThat(backoff.after(Short.MAX_VALUE)).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void jitterScattersWithinItsPart() {
		Backoff backoff = Backoff.exponential(Duration.ofSeconds(100), 2, Duration.ofSeconds(100), 0.2);
		for (int i = 0; i < 1_000; i++) {
			assertThat(backoff.after(1)).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(120));
		}
		assertThat(backoff.after(1)).isNotEqualTo(backoff.after(1));
	}

	@Test
	void refusesWhatMakesNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.constant(SECOND.negated()));
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.exponential(SECOND, 0.5, SECOND, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.exponential(SECOND, Double.NaN, SECOND, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.exponential(SECOND, 2, Duration.ZERO, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.exponential(SECOND, 2, SECOND, 1.5));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Backoff.exponential(SECOND, 2, Duration.ofDays(1_000_000), 0));
	}

}

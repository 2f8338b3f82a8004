package io.tasuki;

import java.time.Duration;
import java.util.List;

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
	void linearGrowsByItsStepUpToItsLimit() { // B39
		Backoff backoff = Backoff.linear(SECOND, Duration.ofSeconds(3), Duration.ofSeconds(8), 0);
		assertThat(backoff.after(1)).isEqualTo(SECOND);
		assertThat(backoff.after(2)).isEqualTo(Duration.ofSeconds(4));
		assertThat(backoff.after(3)).isEqualTo(Duration.ofSeconds(7));
		assertThat(backoff.after(4)).isEqualTo(Duration.ofSeconds(8));
		assertThat(backoff.after(Short.MAX_VALUE)).isEqualTo(Duration.ofSeconds(8));
	}

	@Test
	void polynomialGrowsWithAPowerUpToItsLimit() { // B39
		Backoff backoff = Backoff.polynomial(SECOND, 2, Duration.ofSeconds(10), 0);
		assertThat(backoff.after(1)).isEqualTo(SECOND);
		assertThat(backoff.after(2)).isEqualTo(Duration.ofSeconds(4));
		assertThat(backoff.after(3)).isEqualTo(Duration.ofSeconds(9));
		assertThat(backoff.after(4)).isEqualTo(Duration.ofSeconds(10));
		assertThat(backoff.after(Short.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void everyTypeCanBeScattered() { // B39
		Duration wait = Duration.ofSeconds(100);
		for (Backoff backoff : List.of(Backoff.constant(wait, 0.2), Backoff.linear(wait, wait, wait, 0.2),
				Backoff.polynomial(wait, 2, wait, 0.2))) {
			for (int i = 0; i < 1_000; i++) {
				assertThat(backoff.after(3)).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(120));
			}
			assertThat(backoff.after(3)).isNotEqualTo(backoff.after(3));
		}
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
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Backoff.linear(SECOND, SECOND.negated(), Duration.ofHours(1), 0))
			.withMessageContaining("Increment");
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.linear(SECOND, SECOND, Duration.ZERO, 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.polynomial(SECOND, -1, SECOND, 0))
			.withMessageContaining("Exponent");
		assertThatIllegalArgumentException().isThrownBy(() -> Backoff.polynomial(SECOND, Double.NaN, SECOND, 0));
	}

}

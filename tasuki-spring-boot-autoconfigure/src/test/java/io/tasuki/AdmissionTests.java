package io.tasuki;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AdmissionTests {

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "P400000D" })
	void refusesToDeferByWhatIsNoWait(Duration delay) { // B24
		assertThatIllegalArgumentException().isThrownBy(() -> Admission.defer(delay))
			.withMessageContaining("more than zero and at most")
			.withMessageContaining(delay.toString());
	}

	@Test
	void keepsWhatItWasGiven() { // B24
		assertThat(Admission.defer(Duration.ofSeconds(3))).isEqualTo(new Admission.Defer(Duration.ofSeconds(3)));
		assertThat(Admission.cancel("gone")).isEqualTo(new Admission.Cancel("gone"));
		assertThat(Admission.retry("broken")).isEqualTo(new Admission.Retry("broken"));
		assertThat(Admission.grant()).isSameAs(Admission.grant());
	}

}

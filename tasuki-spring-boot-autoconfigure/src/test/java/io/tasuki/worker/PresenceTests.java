package io.tasuki.worker;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceTests {

	private final Presence lasting = new Presence(Duration.ofHours(1));

	private final Presence brief = new Presence(Duration.ZERO);

	@Test
	void mayTakeOverFromTheBeginning() {
		assertThat(this.lasting.wasAway()).isFalse();
		assertThat(this.lasting.mayTakeOver()).isTrue();
	}

	@Test
	void isInDoubtAfterAFailureUntilAStepSucceeds() {
		this.lasting.stepBegins();
		this.lasting.stepFailed();
		assertThat(this.lasting.wasAway()).isTrue();
		this.lasting.stepBegins();
		this.lasting.stepSucceeded();
		assertThat(this.lasting.wasAway()).isFalse();
	}

	@Test
	void takesOverNothingForATimeAfterComingBack() {
		this.lasting.isBack();
		assertThat(this.lasting.mayTakeOver()).isFalse();
	}

	@Test
	void isAwayWhenNoStepSucceededForTooLong() {
		assertThat(this.brief.wasAway()).isTrue();
		assertThat(this.brief.mayTakeOver()).isFalse();
	}

	@Test
	void isInDoubtAfterAStepThatTookTooLong() {
		this.brief.stepBegins();
		this.brief.stepSucceeded();
		assertThat(this.brief.wasAway()).isTrue();
	}

}

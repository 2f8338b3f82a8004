package io.tasuki;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JobRequestTests {

	private final JobRequest<Greeting> request = JobRequest.of(new Greeting("hello"));

	@Test
	void keepsEverythingElseWhenOnePropertyChanges() {
		JobRequest<Greeting> changed = this.request.withKind("greet")
			.withQueue("mail")
			.withDelay(Duration.ofMinutes(1))
			.withPriority(2)
			.withMaxAttempts(3)
			.withUniqueKey("key")
			.withLabel("customer 7")
			.withMetadata("source", "import");
		assertThat(changed).isEqualTo(new JobRequest<>("greet", new Greeting("hello"), "mail", Duration.ofMinutes(1),
				null, 2, 3, UniqueKey.of("key"), "customer 7", Map.of("source", "import")));
	}

	@Test
	void hasADelayOrARunAtWhicheverWasNamedLast() {
		Instant runAt = Instant.parse("2030-01-01T00:00:00Z");
		assertThat(this.request.withDelay(Duration.ofMinutes(1)).withRunAt(runAt).delay()).isNull();
		assertThat(this.request.withRunAt(runAt).withDelay(Duration.ofMinutes(1)).runAt()).isNull();
	}

	@Test
	void refusesABlankQueueNamingThePayload() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withQueue(" "))
			.withMessage("Queue name must not be blank. This was asked for a job with a payload of "
					+ Greeting.class.getName());
	}

	@Test
	void refusesAnOverlongQueueNamingTheKind() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withKind("greet").withQueue("q".repeat(129)))
			.withMessageStartingWith("Queue name must have at most 128 characters, but 'qqqq")
			.withMessageEndingWith("has 129. This was asked for a job of kind 'greet'");
	}

	@Test
	void refusesControlCharacters() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withQueue("a\nb"))
			.withMessageContaining("control characters");
	}

	@Test
	void refusesNumbersOutOfRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withPriority(10));
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withPriority(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withMaxAttempts(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withMaxAttempts(40_000));
		assertThatIllegalArgumentException().isThrownBy(() -> this.request.withDelay(Duration.ofMillis(-1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.request.withRunAt(Instant.parse("+10000-01-01T00:00:00Z")));
	}

	@Test
	void needsAPayloadOrAKind() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JobRequest<>(null, null, null, null, null, null, null, null, null, Map.of()));
	}

	private record Greeting(String text) {

	}

}

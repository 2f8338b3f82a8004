package io.tasuki.client;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.EnqueuedJob;
import io.tasuki.JobId;
import io.tasuki.JobKind;
import io.tasuki.JobRequest;
import io.tasuki.PayloadException;
import io.tasuki.PayloadSerializer;
import io.tasuki.PayloadValidator;
import io.tasuki.UniqueKey;
import io.tasuki.store.NewJob;
import io.tasuki.store.WakeUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

class DefaultJobClientTests {

	private static final int MAX_BYTES = 40;

	private final RecordingStore store = new RecordingStore();

	private final DefaultJobClient client = new DefaultJobClient(this.store, this.store.afterCommit(), this.store,
			new PayloadWriter(new TextSerializer(), PayloadValidator.NONE, MAX_BYTES),
			(kind) -> kind.equals("Welcome") ? Optional.of("mail") : Optional.empty(), false);

	@Test
	void fillsInDefaults() {
		EnqueuedJob job = this.client.enqueue(new Invoice("a"));
		assertThat(job).isEqualTo(new EnqueuedJob(new JobId(1), EnqueuedJob.Effect.CREATED));
		assertThat(this.store.inserted)
			.containsExactly(new NewJob("Invoice", "default", "\"a\"", 5, null, null, null, null, null, null));
	}

	@Test
	void takesTheQueueOfTheKindsHandler() {
		this.client.enqueue(new Welcome("a"));
		this.client.enqueue(JobRequest.of(new Welcome("a")).withQueue("bulk"));
		this.client.enqueue(JobRequest.of("Welcome", "a"));
		assertThat(this.store.inserted).extracting(NewJob::queue).containsExactly("mail", "bulk", "mail");
	}

	@Test
	void takesWhatThePayloadsClassSaysBeforeWhatTheHandlerSays() {
		this.client.enqueue(new Urgent("a"));
		this.client.enqueue(JobRequest.of("other", new Urgent("a")));
		assertThat(this.store.inserted).extracting(NewJob::kind, NewJob::queue, NewJob::priority, NewJob::maxAttempts)
			.containsExactly(tuple("Welcome", "fast", 1, 2), tuple("other", "default", 5, null));
	}

	@Test
	void passesOnWhatTheRequestSays() {
		Instant runAt = Instant.parse("2030-01-01T00:00:00Z");
		this.client.enqueue(JobRequest.of("mail.welcome", "a")
			.withQueue("bulk")
			.withRunAt(runAt)
			.withPriority(0)
			.withMaxAttempts(3)
			.withUniqueKey("k"));
		assertThat(this.store.inserted).containsExactly(
				new NewJob("mail.welcome", "bulk", "\"a\"", 0, null, runAt, 3, UniqueKey.of("k"), null, null));
	}

	@Test
	void storesNoPayloadForAKindThatCarriesNone() {
		this.client.enqueue(JobRequest.ofKind("tick"));
		assertThat(this.store.inserted)
			.containsExactly(new NewJob("tick", "default", null, 5, null, null, null, null, null, null));
	}

	@Test
	void takesARequestPassedAsAnObjectForARequest() {
		Object request = JobRequest.of("tick", "a").withQueue("clock");
		this.client.enqueue(request);
		assertThat(this.store.inserted).extracting(NewJob::queue).containsExactly("clock");
	}

	@Test
	void enqueuesPayloadsAndRequestsInAnyMixture() {
		List<EnqueuedJob> jobs = this.client.enqueueAll(List.of(new Invoice("a"), JobRequest.ofKind("tick")));
		assertThat(jobs).extracting(EnqueuedJob::id).containsExactly(new JobId(1), new JobId(2));
		assertThat(this.store.inserted).extracting(NewJob::kind).containsExactly("Invoice", "tick");
	}

	@Test
	void enqueuesNothingFromAnEmptyCollection() {
		assertThat(this.client.enqueueAll(List.of())).isEmpty();
	}

	@Test
	void refusesAPlainPayloadWithoutAKind() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.enqueue("a"))
			.withMessageContaining("class java.lang.String")
			.withMessageContaining("JobRequest.of(\"mail.welcome\", payload)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.enqueue(JobRequest.of(Map.of()).withQueue("bulk")))
			.withMessageContaining("for queue 'bulk'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.enqueue(List.of(new Invoice("a"))))
			.withMessageEndingWith("To enqueue each element as a job, use enqueueAll");
	}

	@Test
	void refusesARequestInsideARequest() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.enqueue(JobRequest.of("tick", JobRequest.ofKind("tock"))))
			.withMessageContaining("A job request is not a payload")
			.withMessageContaining("'tick'");
	}

	@Test
	void refusesNull() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.enqueue((Object) null))
			.withMessageContaining("JobRequest.ofKind");
	}

	@Test
	void namesTheNullElementAndStoresNoneOfTheOthers() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.client.enqueueAll(Arrays.asList(new Invoice("a"), null)))
			.withMessageContaining("Element 1");
		assertThat(this.store.inserted).isEmpty();
	}

	@Test
	void refusesAPayloadThatIsTooLarge() {
		this.client.enqueue(new Invoice("x".repeat(MAX_BYTES - 2)));
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.client.enqueue(new Invoice("x".repeat(MAX_BYTES - 1))))
			.withMessage("""
					The payload of a job of kind 'Invoice' for queue 'default' has 41 bytes as JSON, more than the 40 \
					that 'tasuki.client.max-payload-size' allows. Store large data in a table or an object store of \
					your own and enqueue a reference to it, or raise that property""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ä", "€", "😀", "aä€😀", "€€€€€€" })
	void measuresAPayloadInUtf8(String text) {
		String json = "\"" + text + "\"";
		int bytes = json.getBytes(StandardCharsets.UTF_8).length;
		new PayloadCheck(bytes).check(json, "kind", "queue");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> new PayloadCheck(bytes - 1).check(json, "kind", "queue"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\u0000", "a\\u0000", "\\\\\\u0000", "\\\\u0000 \\u0000", "\0" })
	void refusesTheCharacterThatPostgresCannotStore(String text) {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.client.enqueue(new Invoice(text)))
			.withMessageContaining("U+0000")
			.withMessageContaining("kind 'Invoice'")
			.withMessageContaining("queue 'default'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\\\u0000", "u0000", "\\\\\\\\u0000" })
	void acceptsWhatOnlyLooksLikeThatCharacter(String text) {
		assertThat(this.client.enqueue(new Invoice(text)).created()).isTrue();
	}

	@Test
	void namesKindAndQueueOfAPayloadThatCannotBeWritten() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.client.enqueue(new Welcome("broken")))
			.withMessage(
					"The payload of a job of kind 'Welcome' for queue 'mail' cannot be written as JSON: no serializer found")
			.withCauseInstanceOf(PayloadException.class);
	}

	@Test
	void wakesAtOnceWithoutATransaction() {
		this.client.enqueue(new Invoice("a"));
		assertThat(this.store.sentAtOnce).extracting(WakeUp::queue).containsExactly("default");
		assertThat(this.store.heldUntilCommit).isEmpty();
	}

	@Test
	void holdsTheWakeUpBackInATransaction() {
		this.store.joinsTransaction = true;
		this.client.enqueue(new Invoice("a"));
		assertThat(this.store.sentAtOnce).isEmpty();
		assertThat(this.store.heldUntilCommit).extracting(WakeUp::queue).containsExactly("default");
	}

	@Test
	void wakesNobodyForAJobThatWasThereBefore() {
		this.store.enqueueEffect = EnqueuedJob.Effect.EXISTING;
		EnqueuedJob job = this.client.enqueue(JobRequest.of(new Invoice("a")).withUniqueKey("k"));
		assertThat(job.created()).isFalse();
		assertThat(this.store.sentAtOnce).isEmpty();
	}

	@Test
	void wakesOnceForManyJobsOfAQueue() {
		this.client.enqueueAll(List.of(new Invoice("a"), new Invoice("b"), new Welcome("c"),
				JobRequest.of(new Welcome("d")).withDelay(Duration.ofSeconds(9)),
				JobRequest.of(new Welcome("e")).withDelay(Duration.ofSeconds(7))));
		assertThat(this.store.sentAtOnce).extracting(WakeUp::queue, (wakeUp) -> wakeUp.position().id(), WakeUp::dueIn)
			.containsExactly(tuple("default", 1L, Duration.ZERO), tuple("mail", 3L, Duration.ZERO),
					tuple("mail", 5L, Duration.ofSeconds(7)));
	}

	@Test
	void tellsAtOnceWhatItCancelledWithoutATransaction() { // B41
		assertThat(this.client.cancel(new JobId(7))).isEqualTo(new Cancellation(new JobId(7), Effect.REQUESTED));
		assertThat(this.store.cancelRequestsSentAtOnce).containsExactly(new JobId(7));
		assertThat(this.store.cancelRequestsHeldUntilCommit).isEmpty();
	}

	@Test
	void holdsTheCancelRequestBackInATransaction() { // B41
		this.store.joinsTransaction = true;
		this.client.cancel(new JobId(7));
		assertThat(this.store.cancelRequestsSentAtOnce).isEmpty();
		assertThat(this.store.cancelRequestsHeldUntilCommit).containsExactly(new JobId(7));
	}

	@ParameterizedTest
	@EnumSource(names = "REQUESTED", mode = EnumSource.Mode.EXCLUDE)
	void tellsNobodyOfACancelThatNoWorkerHasToHeed(Effect effect) {
		this.store.effect = effect;
		assertThat(this.client.cancel(new JobId(7)).effect()).isEqualTo(effect);
		assertThat(this.store.cancelRequestsSentAtOnce).isEmpty();
	}

	record Invoice(String text) {
	}

	record Welcome(String text) {
	}

	@JobKind(value = "Welcome", queue = "fast", priority = 1, maxAttempts = 2)
	record Urgent(String text) {
	}

	/** Writes text between quotes as it stands. */
	private static final class TextSerializer implements PayloadSerializer {

		@Override
		public String serialize(Object payload) {
			String text = (payload instanceof Invoice invoice) ? invoice.text()
					: (payload instanceof Welcome welcome) ? welcome.text() : payload.toString();
			if (text.equals("broken")) {
				throw new PayloadException("no serializer found");
			}
			return "\"" + text + "\"";
		}

		@Override
		public Object deserialize(String json, Type type) {
			throw new UnsupportedOperationException();
		}

	}

}

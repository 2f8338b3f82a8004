package io.tasuki.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tasuki.ConflictPolicy;
import io.tasuki.JobRequest;
import io.tasuki.PayloadValidator;
import io.tasuki.UniqueKey;
import io.tasuki.jackson.JacksonPayloadSerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What is said of input that makes no sense, as docs/enqueueing.md quotes it. */
class BadInputTests {

	private static final RecordingStore store = new RecordingStore();

	private static final DefaultJobClient client = new DefaultJobClient(store, store.afterCommit(), store,
			new PayloadWriter(new JacksonPayloadSerializer(new JsonMapper()), PayloadValidator.NONE, 1_000_000),
			(kind) -> Optional.empty(), false);

	private static final JobRequest<String> request = JobRequest.of("greet", "hello");

	@ParameterizedTest(name = "{0}")
	@MethodSource("inputs")
	void isRefusedWithAMessageThatSaysWhatToDo(Input input) throws IOException {
		Throwable thrown = catchThrowable(input.use());
		assertThat(thrown).hasMessage(input.message());
		assertThat(store.inserted).isEmpty();
		assertThat(Files.readAllLines(Path.of("../docs/enqueueing.md"))).contains(input.row());
	}

	static List<Input> inputs() {
		String kind = ". This was asked for a job of kind 'greet'";
		return List.of(
				new Input("a negative priority", () -> request.withPriority(-1),
						"Priority must be from 0 (first) to 9 (last), not -1" + kind),
				new Input("no attempts", () -> request.withMaxAttempts(0),
						"Max attempts must be from 1 to 32767, not 0" + kind),
				new Input("a negative delay", () -> request.withDelay(Duration.ofSeconds(-1)),
						"Delay must be from zero to PT8760000H, not PT-1S" + kind),
				new Input("the year 10000", () -> request.withRunAt(Instant.parse("+10000-01-01T00:00:00Z")),
						"Run-at must not be after 9999-12-31T23:59:59Z" + kind),
				new Input("a blank queue", () -> request.withQueue(" "), "Queue name must not be blank" + kind),
				new Input("a long queue name", () -> request.withQueue("q".repeat(129)),
						"Queue name must have at most 128 characters, but '%s…' has 129".formatted("q".repeat(40))
								+ kind),
				new Input("a key of 10,000 characters", () -> request.withUniqueKey("k".repeat(10_000)),
						"Unique key must have at most 512 characters, but '%s…' has 10000".formatted("k".repeat(40))
								+ kind),
				new Input("a key that is null", () -> request.withUniqueKey((String) null),
						"Unique key must not be null" + kind),
				new Input("a policy that is null", () -> UniqueKey.of("k").withConflictPolicy((ConflictPolicy) null),
						"'conflictPolicy' must not be null"),
				new Input("a long label", () -> request.withLabel("l".repeat(300)),
						"Label must have at most 256 characters, but '%s…' has 300".formatted("l".repeat(40)) + kind),
				new Input("a label with a line break", () -> request.withLabel("a\nb"),
						"Label must not contain control characters: 'a\uFFFDb'" + kind),
				new Input("metadata of 1 MB", () -> request.withMetadata("m", "x".repeat(1_000_000)),
						"Metadata must have at most 10000 characters, names and values together, not 1000001: large data"
								+ " belongs in the payload, or in a table of your own" + kind),
				new Input("metadata without a name", () -> request.withMetadata(Map.of("", "x")),
						"Name in metadata must not be blank" + kind),
				new Input("a payload that tells no kind", () -> client.enqueue("hello"),
						"No kind can be told from a payload of class java.lang.String, for queue '(not named)': name the"
								+ " kind, as in JobRequest.of(\"mail.welcome\", payload), or give the payload a class or"
								+ " record of its own"),
				new Input("a large payload", () -> client.enqueue(JobRequest.of("greet", "x".repeat(2_000_000))),
						"The payload of a job of kind 'greet' for queue 'default' has 2000002 bytes as JSON, more than"
								+ " the 1000000 that 'tasuki.client.max-payload-size' allows. Store large data in a table"
								+ " or an object store of your own and enqueue a reference to it, or raise that property"),
				new Input("null", () -> client.enqueue((Object) null),
						"There is nothing to enqueue: null. JobRequest.ofKind(…) describes a job without a payload"),
				new Input("null in a batch", () -> client.enqueueAll(Arrays.asList(request, null)),
						"Element 1 of the jobs to enqueue is null; nothing was enqueued"));
	}

	/**
	 * Something that somebody might try.
	 *
	 * @param name what it is
	 */
	record Input(String name, ThrowingCallable use, String message) {

		String row() {
			return "| %s | %s |".formatted(this.name, this.message);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}

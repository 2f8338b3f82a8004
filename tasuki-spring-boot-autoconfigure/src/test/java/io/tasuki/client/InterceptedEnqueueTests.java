package io.tasuki.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tasuki.EnqueueRefusedException;
import io.tasuki.EnqueuedJob;
import io.tasuki.JobRequest;
import io.tasuki.Names;
import io.tasuki.PayloadSerializer;
import io.tasuki.PayloadValidator;
import io.tasuki.jackson.JacksonPayloadSerializer;
import io.tasuki.store.NewJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InterceptedEnqueueTests {

	private final RecordingStore store = new RecordingStore();

	private final PayloadSerializer serializer = new JacksonPayloadSerializer(JsonMapper.shared());

	private final List<String> calls = new ArrayList<>();

	@Test
	void standAroundEachCallInTheirOrder() {
		client(noting("first"), noting("second"))
			.enqueueAll(List.of(JobRequest.ofKind("a").withQueue("q"), JobRequest.ofKind("b")));
		assertThat(this.calls).containsExactly("first 2 [] []", "second 2 [] []", "/second [a, b] [default, q]",
				"/first [a, b] [default, q]");
	}

	private EnqueueInterceptor noting(String name) {
		return (call) -> {
			this.calls.add("%s %d %s %s".formatted(name, call.size(), call.kinds(), call.queues()));
			try {
				return call.proceed();
			}
			finally {
				this.calls.add("/%s %s %s".formatted(name, call.kinds().stream().sorted().toList(),
						call.queues().stream().sorted().toList()));
			}
		};
	}

	@Test
	void leaveExceptionsToTheCaller() {
		DefaultJobClient client = new DefaultJobClient(this.store, this.store.afterCommit(), this.store, payloads(),
				(kind) -> Optional.empty(), true, List.of(noting("first")));
		assertThatExceptionOfType(EnqueueRefusedException.class)
			.isThrownBy(() -> client.enqueue(JobRequest.ofKind("a")));
		assertThat(this.calls).containsExactly("first 1 [] []", "/first [a] [default]");
	}

	@Test
	void haveJobsCarrySomethingBesideTheirOwnMetadata() { // B13
		client(carrying("tasuki.x", "1")).enqueueAll(List.of(JobRequest.ofKind("a"),
				JobRequest.ofKind("a").withMetadata("tenant", "blue"),
				JobRequest.ofKind("a").withMetadata("tasuki.x", "copied from another job"), JobRequest.ofKind("a")));
		assertThat(this.store.inserted).extracting(this::metadata)
			.containsExactly(Map.of("tasuki.x", "1"), Map.of("tenant", "blue", "tasuki.x", "1"),
					Map.of("tasuki.x", "1"), Map.of("tasuki.x", "1"));
	}

	@Test
	void carryNothingWhereTheJobsOwnMetadataLeavesNoRoom() { // B13
		String large = "x".repeat(Names.MAX_METADATA_LENGTH - 10);
		client(carrying("tasuki.x", "1"))
			.enqueueAll(List.of(JobRequest.ofKind("a").withMetadata("large", large), JobRequest.ofKind("a")));
		assertThat(this.store.inserted).extracting(this::metadata)
			.containsExactly(Map.of("large", large), Map.of("tasuki.x", "1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nul \0", "half a surrogate pair \ud83d" })
	void carryNothingThatTheDatabaseWouldNotTake(String value) { // B13
		client(carrying("tasuki.x", value)).enqueue(JobRequest.ofKind("a"));
		client(carrying("tasuki." + value, "1")).enqueue(JobRequest.ofKind("a"));
		assertThat(this.store.inserted).extracting(NewJob::metadata).containsExactly(null, null);
	}

	@Test
	void carrySoMuchAndNoMore() { // B13
		client((call) -> {
			call.carry("tasuki.a", "x".repeat(Carried.MAX_LENGTH));
			call.carry("tasuki.b", "\ud83d\ude00");
			call.carry("tasuki." + "c".repeat(Names.MAX_LENGTH), "too long a name");
			call.carry("tasuki.d", "x".repeat(Carried.MAX_LENGTH - 18));
			return call.proceed();
		}).enqueue(JobRequest.ofKind("a"));
		assertThat(metadata(this.store.inserted.get(0))).containsOnlyKeys("tasuki.b", "tasuki.d");
	}

	@Test
	void nameTheJobsOfAnAnswerOneByOne() {
		List<String> made = new ArrayList<>();
		client((call) -> {
			List<EnqueuedJob> answer = call.proceed();
			for (int i = 0; i < answer.size(); i++) {
				made.add("%s in %s".formatted(call.kind(i), call.queue(i)));
			}
			return answer;
		}).enqueueAll(List.of(JobRequest.ofKind("b").withQueue("q"), JobRequest.ofKind("a"), JobRequest.ofKind("b")));
		assertThat(made).containsExactly("b in q", "a in default", "b in default");
	}

	@Test
	void actAtOnceWhereTheJobsCanBeSeen() {
		client(acting()).enqueue(JobRequest.ofKind("a"));
		assertThat(this.calls).containsExactly("acted");
		assertThat(this.store.actionsHeldUntilCommit).isEmpty();
	}

	@Test
	void actAfterTheCommitOfTheTransactionThatTheJobsJoined() {
		this.store.joinsTransaction = true;
		client(acting()).enqueue(JobRequest.ofKind("a"));
		assertThat(this.calls).isEmpty();
		assertThat(this.store.actionsHeldUntilCommit).singleElement().satisfies(Runnable::run);
		assertThat(this.calls).containsExactly("acted");
	}

	private EnqueueInterceptor acting() {
		return (call) -> {
			List<EnqueuedJob> answer = call.proceed();
			call.afterCommit(() -> this.calls.add("acted"));
			return answer;
		};
	}

	private static EnqueueInterceptor carrying(String name, String value) {
		return (call) -> {
			call.carry(name, value);
			return call.proceed();
		};
	}

	private DefaultJobClient client(EnqueueInterceptor... interceptors) {
		return new DefaultJobClient(this.store, this.store.afterCommit(), this.store, payloads(),
				(kind) -> Optional.empty(), false, List.of(interceptors));
	}

	private PayloadWriter payloads() {
		return new PayloadWriter(this.serializer, PayloadValidator.NONE, 1_000);
	}

	private Map<String, String> metadata(NewJob job) {
		String metadata = job.metadata();
		return (metadata != null) ? JsonMapper.shared().readValue(metadata, new TypeReference<>() {
		}) : Map.of();
	}

}

package io.tasuki.actuate;

import java.time.Duration;
import java.util.List;

import io.tasuki.actuate.TasukiEndpoint.TasukiDescriptor;
import io.tasuki.actuate.TasukiEndpoint.UnknownKindDescriptor;
import io.tasuki.store.UnknownKind;
import io.tasuki.worker.WorkerHealth;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TasukiEndpointTests {

	private static final WorkerHealth HEALTH = new WorkerHealth(true, true, Duration.ofSeconds(1), null, true, true, 2);

	@Test
	void describesTheWorkerAndUnknownKindsByQueue() { // B20
		TasukiDescriptor described = new TasukiEndpoint(() -> HEALTH,
				() -> List.of(new UnknownKind("mail", "newer", 3, false, Duration.ofMinutes(5)),
						new UnknownKind("mail", "older", 10_000, true, Duration.ofDays(1)),
						new UnknownKind("default", "newer", 1, false, Duration.ZERO)))
			.tasuki();
		assertThat(described.worker()).isSameAs(HEALTH);
		assertThat(described.error()).isNull();
		assertThat(described.queues()).containsOnlyKeys("default", "mail");
		assertThat(described.queues().get("mail").unknownKinds()).containsExactly(
				new UnknownKindDescriptor("newer", 3, false, Duration.ofMinutes(5)),
				new UnknownKindDescriptor("older", 10_000, true, Duration.ofDays(1)));
	}

	@Test
	void describesTheWorkerWhileTheDatabaseIsAway() {
		TasukiDescriptor described = new TasukiEndpoint(() -> HEALTH, () -> {
			throw new IllegalStateException("Connection refused");
		}).tasuki();
		assertThat(described.worker()).isSameAs(HEALTH);
		assertThat(described.queues()).isNull();
		assertThat(described.error()).isEqualTo("Connection refused");
	}

	@Test
	void describesAnInstanceThatRunsNoJobs() { // B54
		TasukiDescriptor described = new TasukiEndpoint(null, List::of).tasuki();
		assertThat(described.worker()).isNull();
		assertThat(described.queues()).isEmpty();
		assertThat(described.error()).isNull();
	}

}

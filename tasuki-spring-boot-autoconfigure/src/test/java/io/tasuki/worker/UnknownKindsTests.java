package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.JobNotifications;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.QueueInspection;
import io.tasuki.store.UnknownKind;
import io.tasuki.store.WakeUp;
import io.tasuki.store.WorkerStores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class UnknownKindsTests {

	private static final UnknownKind NEWER = new UnknownKind("mail", "newer", 3, false, Duration.ofSeconds(7));

	private final HandlerRegistry handlers = new HandlerRegistry();

	private final List<Set<String>> asked = new ArrayList<>();

	private long now = Long.MAX_VALUE - 1_000;

	private boolean away;

	private final QueueInspection inspection = (queues, kinds) -> {
		if (this.away) {
			throw new IllegalStateException("The database is away");
		}
		this.asked.add(queues);
		this.asked.add(kinds);
		return List.of(NEWER);
	};

	private final UnknownKinds unknownKinds = new UnknownKinds(this.inspection, new Worker(Jobs.settings(4),
			this.handlers, new NoStores(), new NoNotifications(), List.of(), Runnable::run), this.handlers,
			() -> this.now);

	@BeforeEach
	void register() {
		this.handlers.register(HandlerRegistration.of(new HandledJobs("welcome", Set.of("greet"), "mail"),
				(context) -> JobResult.done()));
	}

	@Test
	void asksForTheWorkersQueuesAndTheHandlersKinds() { // B20
		assertThat(this.unknownKinds.find()).containsExactly(NEWER);
		assertThat(this.asked).containsExactly(Set.of("default", "mail"), Set.of("welcome", "greet"));
	}

	@Test
	void asksAgainWhenItsAnswerIsOld() {
		this.unknownKinds.find();
		this.now += UnknownKinds.LONGEST_AGE.toNanos() - 1;
		assertThat(this.unknownKinds.find()).containsExactly(NEWER);
		assertThat(this.asked).hasSize(2);
		this.now++;
		assertThat(this.unknownKinds.find()).containsExactly(NEWER);
		assertThat(this.asked).hasSize(4);
	}

	@Test
	void passesFailuresOnAndAsksAgain() {
		this.away = true;
		assertThatIllegalStateException().isThrownBy(this.unknownKinds::find);
		this.away = false;
		assertThat(this.unknownKinds.find()).containsExactly(NEWER);
	}

	private static final class NoStores implements WorkerStores {

		@Override
		public LeaseStore openLeaseStore() {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletionStore openCompletionStore() {
			throw new UnsupportedOperationException();
		}

	}

	private static final class NoNotifications implements JobNotifications {

		@Override
		public void send(Collection<WakeUp> wakeUps) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void sendCancelRequests(Collection<JobId> jobs) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Subscription subscribe(Receiver receiver) {
			throw new UnsupportedOperationException();
		}

	}

}

package io.tasuki.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.JobResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinesTests {

	private final HandlerRegistry handlers = new HandlerRegistry();

	@Test
	void unlimitedKindsShareALineAndEachLimitedHandlerHasItsOwn() {
		this.handlers.register(Jobs.handler("a"));
		this.handlers.register(Jobs.handler("b", 1, null));
		this.handlers.register(Jobs.handler("c"));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers);
		assertThat(lines.all()).extracting((cursor) -> cursor.line().kinds())
			.containsExactlyInAnyOrder(List.of("a", "c"), List.of("b"));
		assertThat(lines.of("default", "b").line().slots(8)).isEqualTo(1);
		assertThat(lines.of("default", "a").line().slots(8)).isEqualTo(8);
	}

	@Test
	void servesTheDefaultQueueTheConfiguredOnesAndThoseOfHandlers() {
		this.handlers.register(
				new HandlerRegistration("a", Set.of(), (context) -> JobResult.done(), "mail", null, null, null, "a"));
		WorkerSettings base = Jobs.settings(8);
		WorkerSettings settings = new WorkerSettings(8, Map.of("slow", 2), base.leaseDuration(), base.pollInterval(),
				base.shutdownTimeout(), 3, 20, base.backoff());
		Lines lines = Lines.of(settings, this.handlers);
		assertThat(lines.queues()).containsExactlyInAnyOrder("default", "mail", "slow");
		assertThat(lines.of("slow", "a").line().slots(8)).isEqualTo(2);
	}

	@Test
	void handlersLimitHoldsOverAllQueues() { // B23
		this.handlers.register(
				new HandlerRegistration("a", Set.of(), (context) -> JobResult.done(), "mail", 3, null, null, "a"));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers);
		Line mail = lines.of("mail", "a").line();
		mail.add(Jobs.held(mail, 1, 5));
		assertThat(lines.of("default", "a").line().room(8, 0)).isEqualTo(2);
	}

	@Test
	void aliasesStandBesideTheirKind() {
		this.handlers.register(new HandlerRegistration("new", Set.of("old"), (context) -> JobResult.done(), null, null,
				null, null, "a"));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers);
		assertThat(lines.of("default", "old")).isSameAs(lines.of("default", "new"));
	}

}

package io.tasuki.worker;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.RateLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinesTests {

	private final HandlerRegistry handlers = new HandlerRegistry();

	@Test
	void unlimitedKindsShareALineAndEachLimitedHandlerHasItsOwn() {
		this.handlers.register(Jobs.handler("a"));
		this.handlers.register(Jobs.handler("b", 1, null));
		this.handlers.register(Jobs.handler("c"));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers, ExecutionRules.NONE);
		assertThat(lines.all()).extracting((cursor) -> cursor.line().kinds())
			.containsExactlyInAnyOrder(List.of("a", "c"), List.of("b"));
		assertThat(lines.of("default", "b").line().slots(8)).isEqualTo(1);
		assertThat(lines.of("default", "a").line().slots(8)).isEqualTo(8);
	}

	@Test
	void servesTheDefaultQueueTheConfiguredOnesAndThoseOfHandlers() {
		this.handlers.register(Jobs.handler(HandledJobs.of("a").withQueue("mail")));
		WorkerSettings base = Jobs.settings(8);
		WorkerSettings settings = new WorkerSettings(8, Map.of("slow", 2), base.leaseDuration(), base.pollInterval(),
				base.shutdownTimeout(), 3, 20, base.backoff(), null);
		Lines lines = Lines.of(settings, this.handlers, ExecutionRules.NONE);
		assertThat(lines.queues()).containsExactlyInAnyOrder("default", "mail", "slow");
		assertThat(lines.of("slow", "a").line().slots(8)).isEqualTo(2);
	}

	@Test
	void handlersLimitHoldsOverAllQueues() { // B23
		this.handlers.register(Jobs.handler(HandledJobs.of("a").withQueue("mail"))
			.withExecution(HandlerExecution.DEFAULT.withConcurrency(3)));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers, ExecutionRules.NONE);
		Line mail = lines.of("mail", "a").line();
		mail.add(Jobs.held(mail, 1, 5));
		assertThat(new FreeSlots(lines.all(), 8).take(lines.of("default", "a"), 0)).isEqualTo(2);
	}

	@Test
	void linesThatShareALimitTakeNoMoreThanItsSlots() { // B21, B26
		this.handlers.register(Jobs.handler("a", 5, null));
		this.handlers.register(Jobs.handler("b", 5, null));
		WorkerSettings base = Jobs.settings(8);
		Lines lines = Lines.of(new WorkerSettings(8, Map.of("default", 6), base.leaseDuration(), base.pollInterval(),
				base.shutdownTimeout(), 3, 20, base.backoff(), null), this.handlers, ExecutionRules.NONE);
		FreeSlots free = new FreeSlots(lines.all(), 8);
		assertThat(free.take(lines.of("default", "a"), 0)).isEqualTo(5);
		assertThat(free.take(lines.of("default", "b"), 0)).isEqualTo(1);
		assertThat(free.take(lines.of("default", "b"), 100)).as("a fast line").isEqualTo(105);
	}

	@Test
	void lineThatWasServedHasTheLastTurnOfItsQueueAndItsQueueTheLastOfAll() {
		this.handlers.register(Jobs.handler("a", 5, null));
		this.handlers.register(Jobs.handler("b", 5, null));
		WorkerSettings base = Jobs.settings(8);
		Lines lines = Lines.of(new WorkerSettings(8, Map.of("mail", 6), base.leaseDuration(), base.pollInterval(),
				base.shutdownTimeout(), 3, 20, base.backoff(), null), this.handlers, ExecutionRules.NONE);
		assertThat(turns(lines)).containsExactly("default a", "default b", "mail a", "mail b");
		lines.served(Set.of(lines.of("default", "a")));
		assertThat(turns(lines)).containsExactly("mail a", "mail b", "default b", "default a");
		lines.served(Set.of(lines.of("mail", "b")));
		assertThat(turns(lines)).containsExactly("default b", "default a", "mail a", "mail b");
	}

	@Test
	void handlersRateHoldsOverAllQueuesAndEachOfItsLinesTakesOfIt() { // B31
		this.handlers.register(Jobs.handler(HandledJobs.of("a").withQueue("mail"))
			.withExecution(HandlerExecution.DEFAULT.withRateLimit(RateLimit.of("5/h"))));
		this.handlers.register(Jobs.handler("b"));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers, ExecutionRules.NONE);
		Line mail = lines.of("mail", "a").line();
		mail.add(Jobs.held(mail, 1, 5));
		mail.add(Jobs.held(mail, 2, 5));
		FreeSlots free = new FreeSlots(lines.all(), 8);
		assertThat(free.take(lines.of("default", "a"), 100)).as("a fast line").isEqualTo(3);
		assertThat(free.take(lines.of("mail", "a"), 0)).isZero();
		assertThat(free.take(lines.of("default", "b"), 0)).as("beside it").isEqualTo(8);
	}

	@Test
	void queuesRateHoldsOverAllItsKinds() { // B31
		this.handlers.register(Jobs.handler("a", 2, null));
		this.handlers.register(Jobs.handler("b"));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers,
				new ExecutionRules(List.of(), Map.of("mail", RateLimit.of("3/h")), Map.of(), (name) -> Runnable::run));
		FreeSlots free = new FreeSlots(lines.all(), 8);
		assertThat(free.take(lines.of("mail", "a"), 0)).isEqualTo(2);
		assertThat(free.take(lines.of("mail", "b"), 0)).isEqualTo(1);
		assertThat(free.take(lines.of("default", "b"), 0)).isEqualTo(8);
	}

	private static List<String> turns(Lines lines) {
		return lines.all()
			.stream()
			.map((cursor) -> cursor.line().queue() + " " + cursor.line().kinds().get(0))
			.toList();
	}

	@Test
	void aliasesStandBesideTheirKind() {
		this.handlers.register(Jobs.handler(HandledJobs.of("new").withAliases(Set.of("old"))));
		Lines lines = Lines.of(Jobs.settings(8), this.handlers, ExecutionRules.NONE);
		assertThat(lines.of("default", "old")).isSameAs(lines.of("default", "new"));
	}

}

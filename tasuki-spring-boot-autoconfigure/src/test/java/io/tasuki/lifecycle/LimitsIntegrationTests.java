package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.tasuki.Handler;
import io.tasuki.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many jobs run at once and how many are leased, and which come first. */
class LimitsIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final Semaphore permits = new Semaphore(0);

	private final AtomicLong mostLeased = new AtomicLong();

	/** Runs until the test lets it go. */
	private final Handler slow = (context) -> {
		this.permits.acquire();
		return JobResult.done();
	};

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("B22, B26: slow jobs are leased one per slot")
	void leasesNoMoreSlowJobsThanThereAreSlots() {
		this.fixture.insertMany(15, "slow");
		this.fixture.worker().slots(3).handler("slow", this.slow).start();
		drainSlowly(5, 3);
		assertThat(this.fixture.ledger().mostRunning()).isEqualTo(3);
		assertThat(this.mostLeased).hasValue(3);
	}

	@Test
	@DisplayName("B21, B26: a queue's limit holds over all its kinds, for leases as for runs")
	void queuesLimitHoldsOverAllItsKinds() {
		for (String kind : List.of("one", "two", "three")) {
			this.fixture.insertMany(4, kind, "narrow", 5);
		}
		this.fixture.worker()
			.slots(10)
			.queue("narrow", 2)
			.handler("one", 5, this.slow)
			.handler("two", 5, this.slow)
			.handler("three", this.slow)
			.start();
		drainSlowly(6, 2);
		assertThat(this.fixture.ledger().mostRunning()).isEqualTo(2);
		assertThat(this.mostLeased).hasValue(2);
	}

	@Test
	@DisplayName("B23, B26: a handler's limit holds over all queues and priorities, for leases as for runs")
	void handlersLimitHoldsOverAllQueuesAndPriorities() {
		for (int priority = 0; priority < 10; priority += 4) {
			this.fixture.insertMany(2, "slow", "default", priority);
			this.fixture.insertMany(2, "slow", "other", priority);
		}
		this.fixture.worker().slots(8).queue("other", 8).handler("slow", 1, this.slow).start();
		drainSlowly(12, 1);
		assertThat(this.fixture.ledger().mostRunning()).isEqualTo(1);
		assertThat(this.mostLeased).hasValue(1);
	}

	@Test
	@DisplayName("B21-B23: limits of worker, queue and handler hold together, and each is reached")
	void limitsHoldTogether() {
		this.fixture.insertMany(6, "single", "narrow", 5);
		this.fixture.insertMany(12, "free", "narrow", 5);
		this.fixture.insertMany(12, "free", "default", 5);
		this.fixture.insertMany(6, "single", "default", 5);
		this.fixture.worker()
			.slots(6)
			.queue("narrow", 3)
			.handler("single", 1, this.slow)
			.handler("free", this.slow)
			.start();
		AtomicLong mostInNarrow = new AtomicLong();
		drainSlowly(3, 6, () -> mostInNarrow.accumulateAndGet(this.fixture.number("""
				select count(*) from tasuki.job where lock_owner is not null and queue = 'narrow'
				"""), Math::max));
		assertThat(this.fixture.ledger().mostRunning()).isEqualTo(6);
		assertThat(this.fixture.ledger().mostRunning("single")).isEqualTo(1);
		assertThat(mostInNarrow).hasValueLessThanOrEqualTo(3);
		assertThat(this.mostLeased).hasValue(6);
	}

	@Test
	@DisplayName("B20, S11: 10 000 jobs of another service at the head cost nobody anything")
	void leavesForeignKindsUntouched() {
		this.fixture.insertMany(10_000, "foreign", "default", 0);
		this.fixture.insertMany(200, "mine", "default", 5);
		this.fixture.worker().handler("mine", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.archived() == 200);
		assertThat(this.fixture.ledger().runs("foreign")).isEmpty();
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job
				 where kind = 'foreign' and attempt = 0 and lease_no = 0 and crashes = 0 and lock_owner is null
				""")).isEqualTo(10_000);
	}

	@Test
	@DisplayName("S33: a limited handler beside a fast unlimited one never waits for a sweep")
	void limitedHandlerDoesNotWaitForASweep() {
		this.fixture.insertMany(8_000, "fast");
		this.fixture.insertMany(40, "limited");
		CountDownLatch never = new CountDownLatch(1);
		this.fixture.worker()
			.withoutPoll()
			.handler("fast", (context) -> JobResult.done())
			.handler("limited", 1, (context) -> {
				never.await(1, TimeUnit.MILLISECONDS);
				return JobResult.done();
			})
			.start();
		this.fixture.await(() -> this.fixture.archived() == 8_040);
		List<Ledger.Run> runs = this.fixture.ledger().runs("limited");
		long longest = 0;
		for (int i = 1; i < runs.size(); i++) {
			longest = Math.max(longest, runs.get(i).nanos() - runs.get(i - 1).nanos());
		}
		assertThat(this.fixture.ledger().mostRunning("limited")).isEqualTo(1);
		System.out.printf("NOTE S33: longest gap %d ms%n", Duration.ofNanos(longest).toMillis());
		assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofMillis(800));
	}

	@Test
	@DisplayName("S33: nor for the end of the backlog when the fast one fills the limit of their queue")
	void limitedHandlerDoesNotWaitForTheBacklogOfItsLimitedQueue() {
		this.fixture.insertMany(6_000, "fast");
		this.fixture.insertMany(4, "limited");
		CountDownLatch never = new CountDownLatch(1);
		this.fixture.worker().queue("default", 3).handler("fast", (context) -> {
			never.await(500, TimeUnit.MICROSECONDS);
			return JobResult.done();
		}).handler("limited", 1, (context) -> {
			never.await(55, TimeUnit.MILLISECONDS);
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.archived() == 6_004);
		List<Ledger.Run> runs = this.fixture.ledger().runs();
		int last = runs.indexOf(this.fixture.ledger().runs("limited").get(3));
		System.out.printf("NOTE S33: the last of four limited jobs was number %d of 6 004%n", last);
		assertThat(last).isLessThan(5_500);
	}

	@Test
	void runsByPriority() { // B7
		for (int priority : List.of(9, 5, 0, 7, 3)) {
			this.fixture.insertMany(10, "mail", "default", priority);
		}
		this.fixture.worker().slots(1).handler("mail", (context) -> JobResult.done()).start();
		this.fixture.await(() -> this.fixture.archived() == 50);
		assertThat(this.fixture.ledger().runs()).extracting((run) -> run.job().priority()).isSorted();
	}

	@Test
	@DisplayName("B7: a job that comes in with priority 0 runs next, whatever waits")
	void urgentJobIsNext() {
		this.fixture.insertMany(20, "slow", "default", 5);
		this.fixture.worker().slots(1).withoutPoll().handler("slow", this.slow).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		long urgent = this.fixture.insert("slow", "default", 0);
		this.permits.release();
		this.fixture.await(() -> this.fixture.ledger().count() == 2);
		assertThat(this.fixture.ledger().runs().get(1).id()).isEqualTo(urgent);
	}

	@Test
	@DisplayName("queues take turns: no queue starves another by the priorities it uses")
	void slowQueuesTakeTurns() {
		this.fixture.insertMany(6, "slow", "loud", 0);
		this.fixture.insertMany(6, "slow", "quiet", 9);
		this.fixture.worker().slots(1).queue("loud", 10).queue("quiet", 10).handler("slow", this.slow).start();
		drainSlowly(12, 1);
		assertThat(this.fixture.ledger().runs().subList(0, 6)).filteredOn((run) -> run.job().queue().equals("quiet"))
			.hasSizeBetween(2, 4);
	}

	@Test
	@DisplayName("queues take turns: also with jobs so fast that they are prefetched")
	void fastQueuesTakeTurns() {
		this.fixture.insertMany(20_000, "fast", "loud", 0);
		this.fixture.insertMany(2_000, "fast", "quiet", 9);
		this.fixture.worker()
			.queue("loud", 10)
			.queue("quiet", 10)
			.handler("fast", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.archived() == 22_000);
		List<Ledger.Run> runs = this.fixture.ledger().runs();
		int last = 0;
		for (int i = 0; i < runs.size(); i++) {
			last = runs.get(i).job().queue().equals("quiet") ? i : last;
		}
		System.out.printf("NOTE the last of 2 000 quiet jobs was number %d of 22 000%n", last);
		assertThat(last).isLessThan(18_000);
	}

	private void drainSlowly(int rounds, int atOnce) {
		drainSlowly(rounds, atOnce, () -> {
		});
	}

	/**
	 * Lets jobs go so slowly that none is worth prefetching, and looks at the leases
	 * while every slot is taken; then lets all others go.
	 */
	private void drainSlowly(int rounds, int atOnce, Runnable look) {
		for (int round = 0; round < rounds; round++) {
			int finished = round * atOnce;
			this.fixture.await(() -> this.fixture.archived() == finished && this.fixture.ledger().running() == atOnce);
			long until = System.nanoTime() + Duration.ofMillis(220).toNanos();
			this.fixture.await(() -> {
				this.mostLeased.accumulateAndGet(this.fixture.leased(), Math::max);
				look.run();
				return System.nanoTime() - until > 0;
			});
			this.permits.release(atOnce);
		}
		this.permits.release(1_000);
		this.fixture.await(() -> this.fixture.live() == 0);
	}

}

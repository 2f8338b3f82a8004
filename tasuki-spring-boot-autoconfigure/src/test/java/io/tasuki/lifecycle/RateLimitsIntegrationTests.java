package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import io.tasuki.JobResult;
import io.tasuki.RateLimit;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many jobs start in a stretch of time, and what is leased meanwhile. */
class RateLimitsIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final Semaphore permits = new Semaphore(0);

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("B31: no job is leased that waits for its handler's rate, in whatever queue")
	void leasesNothingThatWaitsForTheRate() {
		this.fixture.insertMany(30, "limited");
		this.fixture.insertMany(30, "limited", "other", 5);
		this.fixture.worker().slots(8).queue("other", 8).handler(limited("7/h")).start();
		this.fixture.await(() -> this.fixture.archived() == 7);
		AtomicLong mostLeased = watch(Duration.ofMillis(1_200));
		assertThat(mostLeased).hasValue(0);
		assertThat(this.fixture.archived()).isEqualTo(7);
		assertThat(this.fixture.ledger().count()).isEqualTo(7);
		assertThat(this.fixture.number("select count(*) from tasuki.job where attempt = 0 and lease_no = 0"))
			.isEqualTo(53);
	}

	@Test
	@DisplayName("B31: a queue's rate holds over all its kinds, and other queues know nothing of it")
	void queuesRateHoldsOverAllItsKinds() {
		for (String kind : List.of("one", "two")) {
			this.fixture.insertMany(10, kind, "narrow", 5);
			this.fixture.insertMany(10, kind, "default", 5);
		}
		this.fixture.worker()
			.queueRate("narrow", "5/h")
			.handler("one", 1, (context) -> JobResult.done())
			.handler("two", (context) -> JobResult.done())
			.start();
		this.fixture.await(() -> this.fixture.archived() == 25);
		watch(Duration.ofMillis(700));
		assertThat(this.fixture.ledger().runs()).filteredOn((run) -> run.job().queue().equals("narrow")).hasSize(5);
		assertThat(this.fixture.ledger().runs()).filteredOn((run) -> run.job().queue().equals("default")).hasSize(20);
	}

	@Test
	@DisplayName("B31: a job starts when the rate lets it, not with the next poll")
	void startsAreMetWithoutPolling() {
		this.fixture.insertMany(100, "limited");
		this.fixture.worker().withoutPoll().lease(Duration.ofSeconds(30)).handler(limited("1/10ms")).start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.archived() == 100);
	}

	@Test
	@DisplayName("B31, S33: an unlimited handler beside one whose rate is used up runs as if alone")
	void unlimitedHandlerIsNotSlowed() {
		this.fixture.insertMany(4_000, "limited", "default", 0);
		this.fixture.insertMany(4_000, "fast");
		this.fixture.worker()
			.withoutPoll()
			.handler(limited("20/h"))
			.handler("fast", (context) -> JobResult.done())
			.start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> this.fixture.archived() == 4_020);
		assertThat(this.fixture.ledger().runs("limited")).hasSize(20);
		assertThat(this.fixture.leased()).isZero();
	}

	@Test
	@DisplayName("B31: a job that was claimed keeps its start while it waits for a slot")
	void claimedJobKeepsItsStart() {
		this.fixture.insertMany(1, "slow", "default", 0);
		this.fixture.worker().slots(1).handler("slow", (context) -> {
			this.permits.acquire();
			return JobResult.done();
		}).handler(limited("2/h")).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 1);
		this.fixture.insertMany(10, "limited");
		this.permits.release();
		this.fixture.await(() -> this.fixture.ledger().runs("limited").size() == 2);
		watch(Duration.ofMillis(700));
		assertThat(this.fixture.ledger().runs("limited")).hasSize(2);
	}

	/** Looks for so long how many jobs are leased. */
	private AtomicLong watch(Duration duration) {
		AtomicLong mostLeased = new AtomicLong();
		long until = System.nanoTime() + duration.toNanos();
		this.fixture.await(() -> {
			mostLeased.accumulateAndGet(this.fixture.leased(), Math::max);
			return System.nanoTime() - until > 0;
		});
		return mostLeased;
	}

	private HandlerRegistration limited(String rateLimit) {
		return HandlerRegistration
			.of("limited", this.fixture.ledger().recording("worker", (context) -> JobResult.done()))
			.withExecution(HandlerExecution.DEFAULT.withRateLimit(RateLimit.of(rateLimit)));
	}

}

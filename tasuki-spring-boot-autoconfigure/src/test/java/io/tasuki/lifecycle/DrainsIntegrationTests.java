package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.tasuki.Backoff;
import io.tasuki.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Many jobs at once, counted. */
class DrainsIntegrationTests {

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final Semaphore permits = new Semaphore(0);

	@AfterEach
	void close() {
		this.permits.release(100_000);
		this.fixture.close();
	}

	@Test
	@DisplayName("S6: two workers share 10 000 jobs, and each job runs once")
	void twoWorkersRunEachJobOnce() {
		this.fixture.insertMany(10_000, "mail");
		this.fixture.worker().named("a").handler("mail", (context) -> JobResult.done()).start();
		this.fixture.worker().named("b").handler("mail", (context) -> JobResult.done()).start();
		this.fixture.within(Duration.ofSeconds(30)).until(() -> this.fixture.archived() == 10_000);
		assertThat(this.fixture.ledger().count()).isEqualTo(10_000);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
		assertThat(this.fixture.ledger().runs()).extracting(Ledger.Run::worker).contains("a", "b");
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where attempt <> 1 or lease_no <> 1"))
			.isZero();
	}

	@Test
	@DisplayName("S7: a worker that starts while another one is busy takes nothing from it")
	void secondWorkerTakesNothingFromABusyOne() {
		this.fixture.insertMany(8, "slow");
		this.fixture.worker().named("first").handler("slow", (context) -> {
			this.permits.acquire();
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 4);
		this.fixture.worker().named("second").handler("slow", (context) -> {
			this.permits.acquire();
			return JobResult.done();
		}).start();
		this.fixture.await(() -> this.fixture.ledger().running() == 8);
		this.permits.release(8);
		this.fixture.await(() -> this.fixture.archived() == 8);
		assertThat(this.fixture.ledger().count()).isEqualTo(8);
		assertThat(this.fixture.ledger().runs()).filteredOn((run) -> run.worker().equals("second")).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@DisplayName("20 000 jobs leave exact counts, archived or not")
	void drainLeavesExactCounts(boolean archive) {
		this.fixture.insertMany(20_000, "mail");
		this.fixture.worker().archive(archive).handler("mail", (context) -> JobResult.done()).start();
		long begin = System.nanoTime();
		this.fixture.within(Duration.ofSeconds(30)).until(() -> this.fixture.live() == 0);
		System.out.printf("NOTE 20 000 jobs, archive %s: %d ms%n", archive ? "on" : "off",
				Duration.ofNanos(System.nanoTime() - begin).toMillis());
		assertThat(this.fixture.ledger().count()).isEqualTo(20_000);
		assertThat(this.fixture.ledger().repeated()).isEmpty();
		assertThat(this.fixture.archived()).isEqualTo(archive ? 20_000 : 0);
		assertThat(this.fixture.dead()).isZero();
	}

	@Test
	@DisplayName("B16: all ends at once, thousands of each, come out right")
	void everyEndInOneDrain() {
		this.fixture.insertMany(6_000, "mail");
		this.fixture.worker().maxAttempts(3).backoff(Backoff.constant(Duration.ZERO)).handler("mail", (context) -> {
			int end = (int) (context.job().id().value() % 6);
			return switch (end) {
				case 0 -> JobResult.done();
				case 1 -> JobResult.cancel("not wanted");
				case 2 -> JobResult.fail("hopeless");
				case 3 -> (context.attempt() < 3) ? JobResult.retry() : JobResult.done();
				case 4 -> JobResult.retryIn(Duration.ZERO);
				default -> JobResult.snooze(Duration.ofHours(1));
			};
		}).start();
		this.fixture.within(Duration.ofSeconds(30))
			.until(() -> this.fixture.leased() == 0 && this.fixture.archived() == 3_000
					&& this.fixture.dead() == 2_000);
		assertThat(this.fixture.live()).isEqualTo(1_000);
		assertThat(this.fixture.number("select count(*) from tasuki.job where attempt = 0 and run_at > now()"))
			.isEqualTo(1_000);
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where outcome = 2")).isEqualTo(1_000);
		assertThat(this.fixture.number("select count(*) from tasuki.job_archive where attempt = 3")).isEqualTo(1_000);
		assertThat(this.fixture.number("""
				select count(*) from tasuki.job_dead where attempt = 3 and jsonb_array_length(errors) = 3
				""")).isEqualTo(1_000);
		assertThat(this.fixture.ledger().count()).isEqualTo(1_000 + 1_000 + 1_000 + 3_000 + 3_000 + 1_000);
	}

}

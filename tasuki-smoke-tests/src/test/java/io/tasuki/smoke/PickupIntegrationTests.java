package io.tasuki.smoke;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How soon after the commit a handler starts on an idle worker: printed, not asserted,
 * because a busy machine is no defect.
 *
 * <p>
 * Both moments are read from the system's clock. That is sound here, and only here,
 * because both processes run on one machine and so read the same clock, in steps far
 * finer than a millisecond; an adjustment while they run would show in single figures,
 * hardly in the median. The first moment is taken directly after the commit, before the
 * job client hears of it, so nothing of what is measured happens before it. The first
 * jobs of each series are left out: they load classes.
 */
@SpringBootTest
@ContextConfiguration(initializers = ShopDatabase.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PickupIntegrationTests {

	private static final int WARM_UP = 20;

	private static final int COUNTED = 200;

	@Autowired
	private Orders orders;

	@Autowired
	private Receipts receipts;

	@Autowired
	private TransactionTemplate transaction;

	@Test
	void runsJobsThatThisProcessEnqueues() throws Exception {
		Map<Long, Instant> commits = new ConcurrentHashMap<>();
		new Till(this.orders, this.transaction).place(1_000, WARM_UP + COUNTED, commits::put);
		print("the same JVM", 1_000, commits);
	}

	@Test
	void runsJobsThatAnotherProcessEnqueues() throws Exception {
		Map<Long, Instant> commits = Branch.placeOrders(ShopDatabase.INSTANCE, 2_000, WARM_UP + COUNTED);
		print("another JVM", 2_000, commits);
	}

	private void print(String producer, long first, Map<Long, Instant> commits) {
		assertThat(commits).hasSize(WARM_UP + COUNTED);
		await().untilAsserted(() -> assertThat(commits.keySet())
			.allSatisfy((order) -> assertThat(this.receipts.startsOf(order)).hasSize(1)));
		List<Duration> delays = commits.keySet()
			.stream()
			.filter((order) -> order >= first + WARM_UP)
			.map((order) -> Duration.between(commits.get(order), this.receipts.startsOf(order).get(0)))
			.sorted()
			.toList();
		System.out.printf("Commit to handler start, enqueued by %s: median %.2f ms, p99 %.2f ms over %d jobs%n",
				producer, millis(delays, 50), millis(delays, 99), delays.size());
	}

	private static double millis(List<Duration> sorted, int percentile) {
		int index = (int) Math.ceil(sorted.size() * percentile / 100.0) - 1;
		return sorted.get(index).toNanos() / 1e6;
	}

}

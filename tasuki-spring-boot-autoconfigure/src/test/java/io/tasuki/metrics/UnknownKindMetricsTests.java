package io.tasuki.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tasuki.store.UnknownKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UnknownKindMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicInteger looks = new AtomicInteger();

	private volatile List<UnknownKind> found = List.of();

	private volatile boolean away;

	@Test
	void showsNothingUnknownAtFirst() {
		bind(this::look, Duration.ofHours(1));
		assertThat(values()).containsExactlyInAnyOrder("default other 0", "mail other 0");
	}

	@Test
	void showsUnknownKindsOnceSomebodyHasLooked() {
		this.found = List.of(unknown("mail", "newer", 3), unknown("default", "newer", 1));
		bind(this::look, Duration.ZERO);
		await().untilAsserted(() -> assertThat(values()).containsExactlyInAnyOrder("default other 0", "mail other 0",
				"mail newer 3", "default newer 1"));
		this.found = List.of(unknown("mail", "newer", 2));
		await().untilAsserted(() -> assertThat(values()).containsExactlyInAnyOrder("default other 0", "mail other 0",
				"mail newer 2"));
	}

	@Test
	void replacesNoGaugeWhichAScrapeWouldMeetTwice() {
		bind(this::look, Duration.ZERO);
		Gauge gauge = this.registry.get("tasuki.jobs.unknown").tags("queue", "mail", "kind", "other").gauge();
		this.found = List.of(unknown("mail", "other", 3));
		await().until(() -> gauge.value() == 3);
		assertThat(this.registry.get("tasuki.jobs.unknown").tags("queue", "mail", "kind", "other").gauge())
			.isSameAs(gauge);
	}

	@Test
	void givesGaugesOfTheirOwnOnlyToTheKindsWithMostJobs() {
		List<UnknownKind> many = new ArrayList<>(
				IntStream.range(0, 50).mapToObj((i) -> unknown("mail", "kind" + i, i)).toList());
		many.add(unknown("mail", "other", 1_000));
		this.found = many;
		bind(this::look, Duration.ZERO);
		await().untilAsserted(() -> assertThat(values()).hasSize(UnknownKindMetrics.MOST_KINDS + 1));
		int others = IntStream.rangeClosed(0, 30).sum();
		assertThat(values()).contains("mail kind49 49", "mail kind31 31", "mail other " + (1_000 + others))
			.doesNotContain("mail kind30 30");
	}

	@Test
	void keepsWhatItHasWhileTheDatabaseIsAway() {
		this.found = List.of(unknown("mail", "newer", 3));
		bind(this::look, Duration.ZERO);
		await().until(() -> values().contains("mail newer 3"));
		this.away = true;
		int before = this.looks.get();
		await().until(() -> values().contains("mail newer 3") && this.looks.get() > before + 3);
		this.away = false;
		this.found = List.of();
		await().until(() -> !values().contains("mail newer 3"));
	}

	@Test
	void readsWithoutWaitingForTheDatabaseAndLooksOnceAtATime() throws InterruptedException {
		CountDownLatch answer = new CountDownLatch(1);
		CountDownLatch asked = new CountDownLatch(1);
		bind(() -> {
			this.looks.incrementAndGet();
			asked.countDown();
			await().until(() -> answer.getCount() == 0);
			return List.of();
		}, Duration.ZERO);
		values();
		asked.await();
		values();
		values();
		assertThat(this.looks).hasValue(1);
		answer.countDown();
	}

	@Test
	void looksNoMoreOftenThanItMay() {
		bind(this::look, Duration.ofHours(1));
		values();
		await().until(() -> this.looks.get() == 1);
		values();
		values();
		assertThat(this.looks).hasValue(1);
	}

	private List<UnknownKind> look() {
		this.looks.incrementAndGet();
		if (this.away) {
			throw new IllegalStateException("The database is away");
		}
		return this.found;
	}

	private void bind(Supplier<List<UnknownKind>> unknownKinds, Duration interval) {
		new UnknownKindMetrics(() -> Set.of("default", "mail"), unknownKinds, interval).bindTo(this.registry);
	}

	private List<String> values() {
		return this.registry.find("tasuki.jobs.unknown").gauges().stream().map(UnknownKindMetricsTests::text).toList();
	}

	private static String text(Gauge gauge) {
		return "%s %s %d".formatted(gauge.getId().getTag("queue"), gauge.getId().getTag("kind"), (long) gauge.value());
	}

	private static UnknownKind unknown(String queue, String kind, long jobs) {
		return new UnknownKind(queue, kind, jobs, false, Duration.ofSeconds(1));
	}

}

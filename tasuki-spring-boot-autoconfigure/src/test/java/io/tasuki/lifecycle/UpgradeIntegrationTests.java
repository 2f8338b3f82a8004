package io.tasuki.lifecycle;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.JobResult;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.postgres.SchemaInitializer;
import io.tasuki.postgres.SchemaVersions;
import io.tasuki.store.InsertedJob;
import io.tasuki.store.NewJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The way from the previous version to this one while both run. For the next version:
 * keep this test, add one like it that begins at version 2, with the statements of
 * version 2 as they stood.
 */
class UpgradeIntegrationTests {

	private static final Duration LEASE = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final LifecycleFixture fixture = new LifecycleFixture(1);

	/** Every effect of a job, whoever brought it about. */
	private final Map<Long, AtomicInteger> effects = new ConcurrentHashMap<>();

	private final AtomicInteger byPresentCode = new AtomicInteger();

	private final Version1Instance old = new Version1Instance(this.fixture.dataSource(), LEASE, this::effect);

	@AfterEach
	void close() {
		this.old.close();
		this.fixture.close();
	}

	@Test
	@Timeout(300)
	@DisplayName("S24: the schema of version 1 is upgraded while an instance of version 1 works, and both work on")
	void upgradesFromVersion1WhileOldAndNewInstancesRun() throws InterruptedException {
		assertThat(version()).isEqualTo(1);
		this.old.start();
		awaitOld(500);
		new SchemaInitializer(this.fixture.dataSource()).initialize();
		assertThat(version()).isEqualTo(SchemaVersions.latest());
		Set<Long> jobs = abandonSome();
		awaitOld(200);
		startPresentWorker();
		jobs.addAll(enqueueWithPresentCode());
		this.fixture.within(PATIENCE).until(() -> this.byPresentCode.get() >= 200 || !this.old.failures().isEmpty());
		awaitOld(200);
		this.old.stopEnqueueing();
		jobs.addAll(enqueueWithPresentCode());
		this.old.die();
		this.fixture.within(PATIENCE).until(() -> this.fixture.live() == 0);
		jobs.addAll(this.old.enqueued());
		assertThat(this.old.failures()).isEmpty();
		assertThat(this.effects.keySet()).as("jobs that ran").isEqualTo(jobs);
		assertThat(ended()).as("jobs that ended").isEqualTo(jobs);
		assertThat(this.fixture.number("select count(*) from tasuki.job_dead where reason like '%died%'")).isZero();
		System.out.printf("S24: %d jobs ended, %d outcomes by version 1, %d runs by the present code%n", jobs.size(),
				this.old.completed(), this.byPresentCode.get());
	}

	/** Waits until the old instance has completed so many more. */
	private void awaitOld(int more) {
		long until = this.old.completed() + more;
		this.fixture.within(PATIENCE).until(() -> this.old.completed() >= until || !this.old.failures().isEmpty());
		assertThat(this.old.failures()).isEmpty();
	}

	/**
	 * Jobs of a worker of the present code that died: for the old instance to take over.
	 */
	private Set<Long> abandonSome() {
		Set<Long> ids = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			ids.add(this.fixture.insertAbandoned(Version1Instance.KIND, 1, Duration.ofMillis(-1)));
		}
		this.fixture.jdbc()
			.update("update tasuki.job set crashes = 1, crash_owners = '{1}' where lock_owner = 4711 and id % 2 = 0");
		return ids;
	}

	private void startPresentWorker() {
		this.fixture.worker().lease(LEASE).handler(Version1Instance.KIND, (context) -> {
			effect(context.job().id().value());
			this.byPresentCode.incrementAndGet();
			return switch ((int) (context.job().id().value() % 10)) {
				case 0 -> (context.attempt() == 1) ? JobResult.retryIn(Duration.ZERO) : JobResult.done();
				case 2 -> JobResult.cancel("cancelled by present code");
				case 3 -> JobResult.fail("buried by present code");
				default -> JobResult.done();
			};
		}).start();
	}

	private Set<Long> enqueueWithPresentCode() {
		NewJob job = new NewJob(Version1Instance.KIND, "default", null, 5, null, null, null, null, null, null);
		Set<Long> ids = new HashSet<>();
		for (int i = 0; i < 50; i++) {
			for (InsertedJob inserted : new PostgresJobStore(this.fixture.applicationDataSource(), false)
				.insert(List.of(job, job, job))) {
				ids.add(inserted.id().value());
			}
		}
		return ids;
	}

	private void effect(long id) {
		this.effects.computeIfAbsent(id, (job) -> new AtomicInteger()).incrementAndGet();
	}

	private Set<Long> ended() {
		Set<Long> ended = new HashSet<>(this.old.deleted());
		ended.addAll(this.fixture.jdbc().queryForList("select id from tasuki.job_archive", Long.class));
		ended.addAll(this.fixture.jdbc().queryForList("select id from tasuki.job_dead", Long.class));
		return ended;
	}

	private long version() {
		return this.fixture.number("select max(version) from tasuki.schema_version");
	}

}

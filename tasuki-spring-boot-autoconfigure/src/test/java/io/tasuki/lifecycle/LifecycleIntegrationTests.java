package io.tasuki.lifecycle;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.tasuki.Cancellation;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobPageRequest;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import io.tasuki.lifecycle.LifecycleDocument.Arrow;
import io.tasuki.maintenance.Janitor;
import io.tasuki.maintenance.JanitorSettings;
import io.tasuki.postgres.ConnectionEviction;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.postgres.PostgresMaintenanceStore;
import io.tasuki.postgres.PostgresWorkerStores;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completion;
import io.tasuki.store.CompletionStore;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.LeaseStore;
import io.tasuki.store.LineClaim;
import io.tasuki.store.NewJob;
import io.tasuki.store.Outcome;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks every arrow of {@code docs/lifecycle.md}. To add one: a line in the document, and
 * here a method with that arrow as its {@link Walk}, which finds a job in the state
 * before and leaves it in the state after.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleIntegrationTests {

	private static final Duration LONG_LEASE = Duration.ofHours(1);

	/** One that a server may grant to a takeover soon after its start. */
	private static final Duration LEASE = Duration.ofSeconds(30);

	private final LifecycleFixture fixture = new LifecycleFixture();

	private final PostgresWorkerStores stores = new PostgresWorkerStores(this.fixture.dataSource(), true);

	private final LeaseStore leases = this.stores.openLeaseStore();

	private final LeaseStore othersLeases = this.stores.openLeaseStore();

	private final CompletionStore completions = this.stores.openCompletionStore();

	private final CompletionStore deletions = new PostgresWorkerStores(this.fixture.dataSource(), false)
		.openCompletionStore();

	@AfterAll
	void close() {
		this.leases.close();
		this.othersLeases.close();
		this.completions.close();
		this.deletions.close();
		this.fixture.close();
	}

	@TestFactory
	Stream<DynamicTest> walksEveryArrowOfTheDocument() {
		Map<String, Method> walks = walks();
		return LifecycleDocument.arrows()
			.stream()
			.map((arrow) -> DynamicTest.dynamicTest(arrow.text(), () -> walk(arrow, walks.get(arrow.text()))));
	}

	private void walk(Arrow arrow, @Nullable Method walk) throws ReflectiveOperationException {
		assertThat(walk).as("method with @Walk(\"%s\")", arrow).isNotNull();
		Subject job = jobIn(arrow.from());
		assertThat(state(job)).as("state before").isEqualTo(arrow.from());
		walk.invoke(this, job);
		assertThat(state(job)).as("state after").isEqualTo(arrow.to());
	}

	@Test
	void documentHasTheArrowOfEveryWalk() {
		assertThat(LifecycleDocument.arrows()).extracting(Arrow::text).doesNotHaveDuplicates();
		assertThat(walks().keySet())
			.isSubsetOf(LifecycleDocument.arrows().stream().map(Arrow::text).collect(Collectors.toSet()));
	}

	@Test
	void documentNamesClassesThatExist() {
		assertThat(LifecycleDocument.arrows()).flatExtracting(Arrow::classes)
			.filteredOn((name) -> !name.equals("time"))
			.allSatisfy((
					name) -> assertThat(ClassUtils.isPresent("io.tasuki.postgres." + name, getClass().getClassLoader()))
						.as(name)
						.isTrue());
	}

	private static Map<String, Method> walks() {
		return Arrays.stream(LifecycleIntegrationTests.class.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(Walk.class))
			.collect(Collectors.toMap((method) -> method.getAnnotation(Walk.class).value(), Function.identity()));
	}

	/** Puts a job into a state. */
	private Subject jobIn(String state) {
		Subject job = new Subject();
		if (!state.equals("new")) {
			enqueue(job);
		}
		switch (state) {
			case "new", "available" -> {
			}
			case "running" -> claim(job);
			case "lease-lost" -> {
				claim(job);
				expire(job);
			}
			case "succeeded" -> {
				claim(job);
				succeed(job);
			}
			case "cancelled" -> {
				claim(job);
				cancel(job);
			}
			case "dead" -> {
				claim(job);
				die(job);
			}
			default -> throw new AssertionError("No way is known into the state " + state);
		}
		return job;
	}

	private String state(Subject job) {
		return (job.id != 0) ? this.fixture.state(job.id) : "new";
	}

	@Walk("new --enqueue--> available")
	void enqueue(Subject job) {
		NewJob request = new NewJob(job.kind(), "default", null, 5, null, null, null, null, null, null);
		job.id = new PostgresJobStore(this.fixture.dataSource(), false).insert(List.of(request)).get(0).id().value();
	}

	@Walk("available --claim--> running")
	void claim(Subject job) {
		job.lease = claim(this.leases, job, LONG_LEASE, false).get(0).lease();
	}

	private static List<ClaimedJob> claim(LeaseStore leases, Subject job, Duration lease, boolean takeOver) {
		LineClaim line = new LineClaim("default", List.of(job.kind()), 1,
				Collections.nCopies(LineClaim.PRIORITIES, Position.START));
		return leases.claim(new ClaimRequest(List.of(line), 1, lease, takeOver));
	}

	@Walk("available --cancel by request--> cancelled")
	void cancelByRequest(Subject job) {
		assertThat(jobs(true).cancel(new JobId(job.id)).effect()).isEqualTo(Cancellation.Effect.CANCELLED);
	}

	@Walk("available --cancel by request without archive--> gone")
	void cancelByRequestWithoutArchive(Subject job) {
		assertThat(jobs(false).cancel(new JobId(job.id)).effect()).isEqualTo(Cancellation.Effect.CANCELLED);
	}

	@Walk("running --ask to cancel--> running")
	void askToCancel(Subject job) {
		assertThat(jobs(true).cancel(new JobId(job.id)).effect()).isEqualTo(Cancellation.Effect.REQUESTED);
	}

	private PostgresJobStore jobs(boolean archive) {
		return new PostgresJobStore(this.fixture.dataSource(), false, archive, ConnectionEviction.byCutting());
	}

	@Walk("running --ask to cancel and retry--> cancelled")
	void askToCancelAndRetry(Subject job) {
		askToCancel(job);
		retry(job);
	}

	@Walk("running --ask to cancel and retry without archive--> gone")
	void askToCancelAndRetryWithoutArchive(Subject job) {
		askToCancel(job);
		complete(this.deletions, job, new Outcome.Retry(Duration.ofHours(1), null));
	}

	@Walk("running --ask to cancel and succeed--> succeeded")
	void askToCancelAndSucceed(Subject job) {
		askToCancel(job);
		succeed(job);
	}

	@Walk("running --charge--> running")
	void charge(Subject job) {
		assertThat(this.leases.chargeCrash(job.lease())).contains(1);
	}

	@Walk("running --renew--> running")
	void renew(Subject job) {
		assertThat(this.leases.renew(Set.of(job.lease()), LONG_LEASE).renewed()).containsExactly(job.lease());
	}

	@Walk("running --expire--> lease-lost")
	void expire(Subject job) {
		this.leases.renew(Set.of(job.lease()), Duration.ofMillis(1));
		this.fixture.await(() -> state(job).equals("lease-lost"));
	}

	@Walk("lease-lost --renew--> running")
	void renewLate(Subject job) {
		renew(job);
	}

	@Walk("lease-lost --take over--> running")
	void takeOver(Subject job) {
		this.fixture.within(Duration.ofSeconds(60)).until(() -> !claim(this.othersLeases, job, LEASE, true).isEmpty());
	}

	@Walk("lease-lost --succeed--> succeeded")
	void succeedLate(Subject job) {
		succeed(job);
	}

	@Walk("running --succeed--> succeeded")
	void succeed(Subject job) {
		complete(this.completions, job, new Outcome.Succeeded());
	}

	@Walk("running --succeed joined--> succeeded")
	void succeedJoined(Subject job) {
		DataSource dataSource = this.fixture.applicationDataSource();
		JoinedCompletionStore joined = new PostgresJobStore(dataSource, false).joinedCompletions(LEASE);
		new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult((status) -> {
			joined.complete(new Completion(job.lease(), new Outcome.Succeeded(), null));
			assertThat(state(job)).as("state before the commit").isEqualTo("succeeded");
			assertThat(new JdbcTemplate(this.fixture.dataSource())
				.queryForObject("select count(*) from tasuki.job where id = ?", Integer.class, job.id)).isOne();
		});
	}

	@Walk("running --succeed without archive--> gone")
	void succeedWithoutArchive(Subject job) {
		complete(this.deletions, job, new Outcome.Succeeded());
	}

	@Walk("running --cancel--> cancelled")
	void cancel(Subject job) {
		complete(this.completions, job, new Outcome.Cancelled("no longer wanted"));
	}

	@Walk("running --cancel without archive--> gone")
	void cancelWithoutArchive(Subject job) {
		complete(this.deletions, job, new Outcome.Cancelled("no longer wanted"));
	}

	@Walk("running --retry--> available")
	void retry(Subject job) {
		complete(this.completions, job, new Outcome.Retry(Duration.ofHours(1), null));
	}

	@Walk("running --snooze--> available")
	void snooze(Subject job) {
		complete(this.completions, job, new Outcome.Snoozed(Duration.ofHours(1)));
	}

	@Walk("running --hand back--> available")
	void handBack(Subject job) {
		complete(this.completions, job, new Outcome.HandedBack(0));
	}

	@Walk("running --die--> dead")
	void die(Subject job) {
		complete(this.completions, job, new Outcome.Dead("gave up", 1));
	}

	private static void complete(CompletionStore completions, Subject job, Outcome outcome) {
		Completion completion = new Completion(job.lease(), outcome, null);
		assertThat(completions.complete(List.of(completion)).written()).containsExactly(job.lease());
	}

	@Walk("running --die of crashes--> dead")
	void dieOfCrashes(Subject job) {
		for (int crashes = 1; crashes <= 3; crashes++) {
			this.leases.chargeCrash(job.lease());
		}
		expire(job);
		this.fixture.worker().maxCrashes(3).handler(job.kind(), (context) -> JobResult.done()).start();
		this.fixture.within(Duration.ofSeconds(60)).until(() -> !state(job).equals("running") && !isLive(job));
		assertThat(this.fixture.ledger().runs(job.id)).isEmpty();
	}

	private boolean isLive(Subject job) {
		return this.fixture.isLive(job.id);
	}

	@Walk("available --reschedule--> available")
	void reschedule(Subject job) {
		assertThat(jobs(true).operations().reschedule(new JobId(job.id), Duration.ofHours(1), null).answer().effect())
			.isEqualTo(Rescheduling.Effect.RESCHEDULED);
	}

	@Walk("dead --retry by request--> available")
	void retryByRequest(Subject job) {
		assertThat(jobs(true).operations().retry(new JobId(job.id)).answer().effect())
			.isEqualTo(Retrial.Effect.RETRIED);
	}

	@Walk("dead --delete--> gone")
	void deleteDead(Subject job) {
		assertThat(delete(JobFilter.dead())).contains(new JobId(job.id));
	}

	@Walk("succeeded --delete--> gone")
	void deleteSucceeded(Subject job) {
		assertThat(delete(JobFilter.of(JobState.SUCCEEDED))).contains(new JobId(job.id));
	}

	@Walk("cancelled --delete--> gone")
	void deleteCancelled(Subject job) {
		assertThat(delete(JobFilter.of(JobState.CANCELLED))).contains(new JobId(job.id));
	}

	private List<JobId> delete(JobFilter filter) {
		return jobs(true).operations().delete(filter, JobPageRequest.ofSize(1_000)).items();
	}

	@Walk("succeeded --prune--> gone")
	void pruneSucceeded(Subject job) {
		letDaysPass();
		prune();
	}

	@Walk("cancelled --prune--> gone")
	void pruneCancelled(Subject job) {
		letDaysPass();
		prune();
	}

	@Walk("dead --prune--> gone")
	void pruneDead(Subject job) {
		this.fixture.jdbc().update("update tasuki.job_dead set died_at = died_at - interval '3 days'");
		prune();
	}

	/** Moves what is archived to where it would be if it had finished three days ago. */
	private void letDaysPass() {
		PostgresMaintenanceStore maintenance = new PostgresMaintenanceStore(this.fixture.dataSource());
		maintenance.addArchiveDay(maintenance.missingArchiveDays(8).get(0).minusDays(8 + 3));
		this.fixture.jdbc().update("update tasuki.job_archive set finished_at = finished_at - interval '3 days'");
	}

	private void prune() {
		new Janitor(new PostgresMaintenanceStore(this.fixture.dataSource()),
				new JanitorSettings(true, Duration.ofDays(1), Duration.ofDays(1), Duration.ofHours(1)))
			.runOnce();
	}

	/**
	 * The job that goes an arrow. Its kind is its own, so that no claim takes another.
	 */
	private static final class Subject {

		private static int count;

		private final int number = ++count;

		private long id;

		private @Nullable Lease lease;

		String kind() {
			return "subject " + this.number;
		}

		Lease lease() {
			if (this.lease == null) {
				throw new AssertionError("The job was not claimed");
			}
			return this.lease;
		}

	}

}

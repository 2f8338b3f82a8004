package io.tasuki.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tasuki.store.ClaimedJob;
import io.tasuki.store.Completed;
import io.tasuki.store.Completion;
import io.tasuki.store.Completion.Failure;
import io.tasuki.store.JoinedCompletionStore;
import io.tasuki.store.Lease;
import io.tasuki.store.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What outcomes become of jobs that somebody has cancelled while they ran. */
@Timeout(60)
class UnwantedJobsIntegrationTests extends CompletingTests {

	private static final Outcome RETRY = new Outcome.Retry(Duration.ofMinutes(1), null);

	private static final Outcome DEAD = new Outcome.Dead("out of attempts", 3);

	private PostgresJobStore jobs;

	@BeforeEach
	void openJobs() {
		this.jobs = new PostgresJobStore(database.dataSource, false);
	}

	private static JoinedCompletionStore joined(boolean archive) {
		return new PostgresJobStore(database.dataSource, false, archive, ConnectionEviction.byCutting())
			.joinedCompletions(Duration.ofSeconds(30));
	}

	static Stream<Outcome> unfinished() {
		return Stream.of(RETRY, new Outcome.Retry(null, Instant.MAX), new Outcome.Snoozed(Duration.ZERO),
				new Outcome.HandedBack(1), DEAD);
	}

	@ParameterizedTest
	@MethodSource("unfinished")
	@DisplayName("Rule 8: what does not finish the job ends it as cancelled")
	void endsAsCancelled(Outcome outcome) {
		ClaimedJob job = cancelled();
		Completed completed = complete(job, outcome);
		assertWritten(completed, job);
		assertThat(completed.cancelled()).containsExactly(job.lease());
		assertThat(completed.returned()).isEmpty();
		assertThat(completed.archived()).isTrue();
		assertThat(database.count("job")).isZero();
		assertThat(database.count("job_dead")).isZero();
		assertThat(archived(job)).containsEntry("outcome", 2)
			.containsEntry("reason", "Cancelled by request")
			.containsEntry("attempt", 1)
			.containsEntry("errors", null);
	}

	@Test
	@DisplayName("S9, rule 8: done wins over a cancel")
	void doneWins() {
		ClaimedJob job = cancelled();
		Completed completed = complete(job, new Outcome.Succeeded());
		assertWritten(completed, job);
		assertThat(completed.cancelled()).isEmpty();
		assertThat(archived(job)).containsEntry("outcome", 1).containsEntry("reason", null);
	}

	@Test
	@DisplayName("Rule 8: a handler's own reason stands")
	void theHandlersOwnReasonStands() {
		ClaimedJob job = cancelled();
		Completed completed = complete(job, new Outcome.Cancelled("no longer wanted"));
		assertWritten(completed, job);
		assertThat(completed.cancelled()).isEmpty();
		assertThat(archived(job)).containsEntry("outcome", 2).containsEntry("reason", "no longer wanted");
	}

	@ParameterizedTest
	@MethodSource("unfinished")
	@DisplayName("Rule 8: the error of the attempt is kept")
	void keepsTheError(Outcome outcome) {
		ClaimedJob job = cancelled();
		Failure failure = new Failure("java.io.IOException", "null \u0000", "at a");
		assertWritten(this.store.complete(List.of(new Completion(job.lease(), outcome, failure))), job);
		assertThat(database.jdbc.queryForMap("""
				select jsonb_array_length(errors) as length, errors -> 0 ->> 'message' as message,
				       (errors -> 0 ->> 'attempt')::int as attempt
				  from tasuki.job_archive
				""")).containsEntry("length", 1).containsEntry("message", "null \uFFFD").containsEntry("attempt", 1);
	}

	@ParameterizedTest
	@MethodSource("unfinished")
	@DisplayName("B48, rule 8: a cancelled job is deleted where no archive is kept")
	void isDeletedWhereNoArchiveIsKept(Outcome outcome) {
		try (PostgresCompletionStore deleting = database.completionStore(false)) {
			ClaimedJob job = cancelled();
			Completed completed = deleting.complete(List.of(TestDatabase.completion(job, outcome)));
			assertWritten(completed, job);
			assertThat(completed.cancelled()).containsExactly(job.lease());
			assertThat(completed.archived()).isTrue();
		}
		assertThat(database.count("job")).isZero();
		assertThat(database.count("job_archive")).isZero();
		assertThat(database.count("job_dead")).isZero();
	}

	@ParameterizedTest
	@MethodSource("unfinished")
	@DisplayName("S32, rules 6 and 8: a cancelled job ends without an archive row while the archive takes none")
	void endsWithoutAnArchiveRowWhileTheArchiveRefuses(Outcome outcome) {
		ClaimedJob job = cancelled();
		ClaimedJob neighbour = claim();
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.execute("lock table tasuki.job_archive in access exclusive mode");
			Completed completed = this.store
				.complete(List.of(TestDatabase.completion(job, outcome), TestDatabase.completion(neighbour, RETRY)));
			assertWritten(completed, job, neighbour);
			assertThat(completed.cancelled()).containsExactly(job.lease());
			assertThat(completed.returned()).containsOnlyKeys(neighbour.lease());
			assertThat(completed.archived()).isFalse();
		});
		assertThat(database.count("job")).isOne();
		assertThat(database.count("job_archive")).isZero();
	}

	@Test
	void asksALockedArchiveNothingForOutcomesThatNeedNone() { // rule 6
		ClaimedJob retried = claim();
		ClaimedJob dead = claim();
		database.transactions.executeWithoutResult((status) -> {
			database.jdbc.execute("lock table tasuki.job_archive in access exclusive mode");
			Completed completed = this.store
				.complete(List.of(TestDatabase.completion(retried, RETRY), TestDatabase.completion(dead, DEAD)));
			assertWritten(completed, retried, dead);
			assertThat(completed.archived()).isTrue();
		});
	}

	@Test
	@DisplayName("Rule 8: in a mixed group each job goes its own way")
	void eachJobOfAGroupGoesItsOwnWay() {
		List<Completion> completions = new ArrayList<>();
		List<Lease> unwanted = new ArrayList<>();
		List<ClaimedJob> all = new ArrayList<>();
		Stream.concat(unfinished(), Stream.of(new Outcome.Succeeded(), new Outcome.Cancelled("why")))
			.forEach((outcome) -> {
				ClaimedJob wanted = claim();
				ClaimedJob cancelled = cancelled();
				all.addAll(List.of(wanted, cancelled));
				completions.add(TestDatabase.completion(wanted, outcome));
				completions.add(TestDatabase.completion(cancelled, outcome));
				if (!(outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.Cancelled)) {
					unwanted.add(cancelled.lease());
				}
			});
		Completed completed = this.store.complete(completions);
		assertWritten(completed, all.toArray(ClaimedJob[]::new));
		assertThat(completed.cancelled()).containsExactlyInAnyOrderElementsOf(unwanted);
		assertThat(completed.returned()).hasSize(4);
		assertThat(database.count("job")).isEqualTo(4);
		assertThat(database.count("job_dead")).isEqualTo(1);
		assertThat(
				database.jdbc.queryForObject("select count(*) from tasuki.job_archive where outcome = 2", Long.class))
			.isEqualTo(5 + 2);
	}

	@Test
	@DisplayName("Rule 8: a job whose row was locked for a moment, and which nobody cancelled, is not cancelled")
	void whatNobodyCancelledIsPassedOver() {
		Completion completion = TestDatabase.completion(claim(), RETRY);
		assertThat(new ArchiveUnwantedJobs(database.jdbc).run(List.of(completion))).isEmpty();
		assertThat(new DeleteUnwantedJobs(database.jdbc).run(List.of(completion))).isEmpty();
		assertThat(database.count("job")).isOne();
	}

	@ParameterizedTest
	@MethodSource("unfinished")
	@DisplayName("B35: a lost lease ends no job as cancelled")
	void changesNothingWhenTheLeaseWasLost(Outcome outcome) {
		ClaimedJob job = cancelled();
		database.leaseToStranger(job.job().id().value());
		for (boolean archive : List.of(true, false)) {
			try (PostgresCompletionStore other = database.completionStore(archive)) {
				Completed completed = other.complete(List.of(TestDatabase.completion(job, outcome)));
				assertThat(completed.absent()).containsExactly(job.lease());
				assertThat(completed.cancelled()).isEmpty();
			}
		}
		assertThat(database.count("job")).isOne();
	}

	@ParameterizedTest
	@MethodSource("unfinished")
	@DisplayName("Rules 3 and 8: in the handler's own transaction it ends as cancelled too")
	void endsAsCancelledInTheHandlersTransaction(Outcome outcome) {
		for (boolean archive : List.of(true, false)) {
			JoinedCompletionStore joined = joined(archive);
			ClaimedJob job = cancelled();
			Completed completed = transaction()
				.execute((status) -> joined.complete(TestDatabase.completion(job, outcome)));
			assertWritten(completed, job);
			assertThat(completed.cancelled()).containsExactly(job.lease());
			assertThat(database.count("job")).isZero();
			assertThat(database.count("job_archive")).isOne();
		}
	}

	@Test
	@DisplayName("S32, rules 3, 6 and 8: in the handler's own transaction it ends while the archive refuses")
	void endsInTheHandlersTransactionWhileTheArchiveRefuses() {
		JoinedCompletionStore joined = joined(true);
		ClaimedJob job = cancelled();
		database.jdbc.execute("alter table tasuki.job_archive add constraint full_up check (id < 0) not valid");
		try {
			Completed completed = transaction()
				.execute((status) -> joined.complete(TestDatabase.completion(job, RETRY)));
			assertWritten(completed, job);
			assertThat(completed.cancelled()).containsExactly(job.lease());
			assertThat(completed.archived()).isFalse();
		}
		finally {
			database.jdbc.execute("alter table tasuki.job_archive drop constraint full_up");
		}
		assertThat(database.count("job")).isZero();
	}

	private static TransactionTemplate transaction() {
		return new TransactionTemplate(new JdbcTransactionManager(database.dataSource));
	}

	private ClaimedJob cancelled() {
		ClaimedJob job = claim();
		this.jobs.cancel(job.job().id());
		return job;
	}

}

package io.tasuki.transaction;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.tasuki.Cancellation;
import io.tasuki.Cancellation.Effect;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobResult;
import io.tasuki.JobState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Transactional handlers whose jobs somebody cancels. */
class CancelledTransactionsIntegrationTests extends TransactionalTests {

	private final ApplicationContextRunner runner = runner(TransactionalHandlersIntegrationTests.Handlers.class,
			"tasuki.worker.lease-duration=1m");

	@Test
	@DisplayName("B41, rule 8: a transactional handler that heeds a cancel leaves no writes, and its job is cancelled")
	void undoesTheWritesOfAnAttemptThatHeedsACancel() {
		this.runner.run((context) -> {
			Effects effects = context.getBean(Effects.class);
			CountDownLatch written = new CountDownLatch(1);
			effects.then(() -> {
				written.countDown();
				// A checked exception, which by itself would not roll back.
				new CountDownLatch(1).await();
				return JobResult.done();
			});
			JobId id = enqueue(context, "joined");
			written.await();
			assertThat(context.getBean(JobClient.class).cancel(id).effect()).isEqualTo(Effect.REQUESTED);
			FoundJob job = await(context, id, JobState.CANCELLED);
			assertThat(job.reason()).isEqualTo("Cancelled by request");
			assertThat(job.errors()).isEmpty();
			assertThat(effectCount(context)).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUCCEEDED", "CANCELLED" })
	@DisplayName("S9, rules 3 and 8: a transactional handler that returns after a cancel keeps its writes; only done is done")
	void keepsTheWritesOfAnAttemptThatReturnsAfterACancel(JobState state) {
		this.runner.run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			CompletableFuture<JobId> id = new CompletableFuture<>();
			context.getBean(Effects.class).then(() -> {
				// On another thread, so that it is not part of the handler's transaction.
				CompletableFuture.supplyAsync(() -> client.cancel(id.join())).join();
				return (state == JobState.SUCCEEDED) ? JobResult.done() : JobResult.retry();
			});
			id.complete(enqueue(context, "joined"));
			FoundJob job = await(context, id.join(), state);
			assertThat(job.job().attempt()).isOne();
			assertThat(effectCount(context)).isOne();
		});
	}

	@Test
	@DisplayName("Rule 8: a handler that cancels its own job in its transaction ends it, unless it is done")
	void aHandlerMayCancelItsOwnJob() {
		this.runner.run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			CompletableFuture<JobId> id = new CompletableFuture<>();
			context.getBean(Effects.class).then(() -> {
				assertThat(client.cancel(id.join()).effect()).isEqualTo(Effect.REQUESTED);
				return JobResult.snooze(Duration.ZERO);
			});
			id.complete(enqueue(context, "joined"));
			await(context, id.join(), JobState.CANCELLED);
			assertThat(effectCount(context)).isOne();
		});
	}

	@Test
	@DisplayName("S9, rule 3: a cancel waits for a handler that keeps its snapshot, and finds its job finished")
	void waitsForAHandlerThatKeepsItsSnapshot() {
		this.runner.run((context) -> {
			JobClient client = context.getBean(JobClient.class);
			CountDownLatch written = new CountDownLatch(1);
			CountDownLatch gate = new CountDownLatch(1);
			context.getBean(Effects.class).then(() -> {
				written.countDown();
				gate.await();
				return JobResult.done();
			});
			JobId id = enqueue(context, "repeatable");
			written.await();
			CompletableFuture<Cancellation> cancel = CompletableFuture.supplyAsync(() -> client.cancel(id));
			Awaitility.await("the cancel waits for the row")
				.atMost(PATIENCE)
				.until(() -> waitingForLocks(context) == 1 && !cancel.isDone());
			gate.countDown();
			assertThat(cancel.get().effect()).isEqualTo(Effect.NONE);
			await(context, id, JobState.SUCCEEDED);
			assertThat(effectCount(context)).isOne();
		});
	}

	private static int effectCount(ApplicationContext context) {
		return number(context, "select count(*)::integer from effect");
	}

	private static int waitingForLocks(ApplicationContext context) {
		return number(context, """
				select count(*)::integer from pg_stat_activity
				 where datname = current_database() and wait_event_type = 'Lock'
				""");
	}

	private static int number(ApplicationContext context, String sql) {
		List<Integer> numbers = context.getBean(JdbcTemplate.class).queryForList(sql, Integer.class);
		return numbers.get(0);
	}

}

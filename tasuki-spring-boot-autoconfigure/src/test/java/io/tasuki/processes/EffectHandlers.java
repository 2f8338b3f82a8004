package io.tasuki.processes;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.tasuki.Handler;
import io.tasuki.JobResult;
import io.tasuki.postgres.PostgresJobStore;
import io.tasuki.transaction.TransactionalHandlers;
import io.tasuki.worker.HandlerCompletion;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRegistry;
import io.tasuki.worker.HandlerTransactions;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactional handlers of a child JVM: each writes one effect in its own transaction.
 * The process can be made to stand still just before or just after a commit.
 */
final class EffectHandlers {

	/** Environment variable: {@code before} or {@code after}. */
	static final String STAND_STILL = "STAND_STILL_AT_COMMIT";

	/** Printed when the process stands still. */
	static final String STANDS_STILL = "STANDS STILL";

	private EffectHandlers() {
	}

	/**
	 * Registers the kinds {@code effect}, which takes as many milliseconds as its payload
	 * says after its write, and {@code effect-gate}, which waits after its write.
	 */
	static void register(HandlerRegistry handlers, DataSource application, DataSource ledger, Duration lease) {
		HandlerTransactions transactions = new TransactionalHandlers(new DefaultListableBeanFactory(),
				new PostgresJobStore(application, false).joinedCompletions(lease))
			.of(new StandingManager(application), new DefaultTransactionAttribute(), "effect");
		LedgerHandlers others = new LedgerHandlers(ledger);
		JdbcTemplate jdbc = new JdbcTemplate(application);
		register(handlers, "effect", jdbc, (context) -> {
			Thread.sleep(Long.parseLong(String.valueOf(context.job().payload())));
			return JobResult.done();
		}, others, transactions);
		register(handlers, "effect-gate", jdbc, others.byKind().get("gate"), others, transactions);
	}

	private static void register(HandlerRegistry handlers, String kind, JdbcTemplate jdbc, Handler then,
			LedgerHandlers ledger, HandlerTransactions transactions) {
		handlers.register(HandlerRegistration.of(kind, (context) -> {
			ledger.byKind().get("count").handle(context);
			jdbc.update("insert into effect values (?, ?)", context.job().id().value(), ProcessHandle.current().pid());
			return then.handle(context);
		}).withCompletion(HandlerCompletion.DEFAULT.withTransactions(transactions)));
	}

	private static final class StandingManager extends JdbcTransactionManager {

		private static final long serialVersionUID = 1L;

		private final String when = String.valueOf(System.getenv(STAND_STILL));

		StandingManager(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			standStill("before");
			super.doCommit(status);
			standStill("after");
		}

		private void standStill(String here) {
			if (this.when.equals(here)) {
				System.out.println(STANDS_STILL);
				for (;;) {
					LockSupport.park();
				}
			}
		}

	}

}

package io.tasuki.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import io.tasuki.Handler;
import io.tasuki.JobContext;
import io.tasuki.JobResult;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The handlers of a child JVM. Each writes into the ledger what it did, on a connection
 * and in a transaction of its own.
 */
final class LedgerHandlers {

	private static final String SQL = """
			insert into ledger (job_id, attempt, pid, event)
			values (?, ?, ?, ?)
			""";

	private static final int HALTED = 99;

	private final JdbcTemplate jdbc;

	LedgerHandlers(DataSource dataSource) {
		this.jdbc = new JdbcTemplate(dataSource);
	}

	Map<String, Handler> byKind() {
		return Map.of("count", this::count, "slow", this::slow, "block", this::block, "deaf", this::deaf, "gate",
				this::gate, "halt", this::halt, "retry", this::retry, "report", this::report);
	}

	/** Ends at once. */
	private JobResult count(JobContext context) {
		write(context, "start");
		return JobResult.done();
	}

	/** Takes as many milliseconds as its payload says. */
	private JobResult slow(JobContext context) throws InterruptedException {
		write(context, "start");
		Thread.sleep(Long.parseLong(String.valueOf(context.job().payload())));
		write(context, "end");
		return JobResult.done();
	}

	/** Waits until it is interrupted. */
	private JobResult block(JobContext context) throws InterruptedException {
		write(context, "start");
		Thread.sleep(Long.MAX_VALUE);
		return JobResult.done();
	}

	/** Waits for ever, interrupted or not. */
	private JobResult deaf(JobContext context) {
		write(context, "start");
		for (;;) {
			LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
			Thread.interrupted();
		}
	}

	/**
	 * Waits until the file exists that its payload names, or one for this process alone.
	 */
	private JobResult gate(JobContext context) throws InterruptedException {
		write(context, "start");
		Path gate = Path.of(String.valueOf(context.job().payload()).replace("\"", ""));
		Path own = gateOf(gate, ProcessHandle.current().pid());
		while (!Files.exists(gate) && !Files.exists(own)) {
			Thread.sleep(20);
		}
		return JobResult.done();
	}

	/**
	 * Returns the file at which such a job ends in one process and in no other.
	 */
	static Path gateOf(Path gate, long pid) {
		return gate.resolveSibling(gate.getFileName() + "." + pid);
	}

	/** Takes its process down. */
	private JobResult halt(JobContext context) {
		write(context, "start");
		Runtime.getRuntime().halt(HALTED);
		return JobResult.done();
	}

	/** Fails at its first attempt. */
	private JobResult retry(JobContext context) {
		write(context, "start");
		if (context.attempt() == 1) {
			throw new IllegalStateException("The first attempt of this kind fails");
		}
		return JobResult.done();
	}

	/** Says where it has come to, and then waits as at a gate. */
	private JobResult report(JobContext context) throws InterruptedException {
		String pid = String.valueOf(ProcessHandle.current().pid());
		context.log("%s goes on from %s".formatted(pid, context.job().metadata().getOrDefault("by", "nobody")));
		context.metadata("by", pid);
		context.progress(50, "half way");
		return gate(context);
	}

	private void write(JobContext context, String event) {
		this.jdbc.update(SQL, context.job().id().value(), context.attempt(), ProcessHandle.current().pid(), event);
	}

}

package io.tasuki.postgres;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimedCallTests {

	private static final long TIMEOUT = Duration.ofMinutes(1).toNanos();

	private final List<String> cancelled = new ArrayList<>();

	private final List<TimedCall> closed = new ArrayList<>();

	private final TimedCall call = new TimedCall(TIMEOUT, this.closed::add);

	@Test
	void leavesAStatementAloneWhoseTimeIsNotOver() {
		this.call.watch(statement("a"));
		this.call.cancelOverdue(System.nanoTime());
		assertThat(this.cancelled).isEmpty();
	}

	@Test
	void cancelsAStatementWhoseTimeIsOver() {
		this.call.watch(statement("a"));
		this.call.cancelOverdue(System.nanoTime() + TIMEOUT);
		assertThat(this.cancelled).containsExactly("a");
	}

	@Test
	void leavesAStatementAloneAfterWhichAnotherBegan() {
		this.call.watch(statement("a"));
		this.call.watch(statement("b"));
		this.call.cancelOverdue(System.nanoTime() + TIMEOUT);
		assertThat(this.cancelled).containsExactly("b");
	}

	@Test
	void leavesAllAloneOnceClosed() {
		this.call.watch(statement("a"));
		this.call.close();
		this.call.cancelOverdue(System.nanoTime() + TIMEOUT);
		assertThat(this.cancelled).isEmpty();
		assertThat(this.closed).containsExactly(this.call);
	}

	@Test
	void triesAgainWhatCouldNotBeCancelled() {
		this.call.watch(statement("unreachable"));
		this.call.cancelOverdue(System.nanoTime() + TIMEOUT);
		this.call.cancelOverdue(System.nanoTime() + TIMEOUT);
		assertThat(this.cancelled).containsExactly("unreachable", "unreachable");
	}

	private Statement statement(String name) {
		return (Statement) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Statement.class },
				(proxy, method, arguments) -> {
					assertThat(method.getName()).isEqualTo("cancel");
					this.cancelled.add(name);
					if (name.equals("unreachable")) {
						throw new SQLException("The server is away");
					}
					return null;
				});
	}

}

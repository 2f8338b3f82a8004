package io.tasuki.benchmarks.comparison.contestant;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LedgerTests {

	private final Ledger ledger = new Ledger(1_000);

	@Test
	void countsRunsOfManyThreads() {
		IntStream.range(0, 30_000).parallel().forEach((run) -> this.ledger.ran(run % 1_000));
		assertThat(this.ledger.total()).isEqualTo(30_000);
		assertThat(IntStream.range(0, 1_000)).allMatch((number) -> this.ledger.runs(number) == 30);
	}

	@Test
	void remembersTheFirstStart() {
		long before = Ledger.now();
		this.ledger.ran(999);
		long first = this.ledger.startedAt(999);
		this.ledger.ran(999);
		assertThat(this.ledger.startedAt(999)).isEqualTo(first).isBetween(before, Ledger.now());
		assertThat(this.ledger.startedAt(998)).isZero();
	}

	@Test
	void knowsNoJobBehindTheLast() {
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> this.ledger.ran(1_000));
	}

}

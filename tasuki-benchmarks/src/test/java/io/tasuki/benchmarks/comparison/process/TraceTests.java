package io.tasuki.benchmarks.comparison.process;

import java.nio.file.Path;

import io.tasuki.benchmarks.comparison.contestant.Commits;
import io.tasuki.benchmarks.comparison.contestant.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TraceTests {

	private final Ledger here = new Ledger(20);

	private final Ledger there = new Ledger(20);

	private final Commits commits = new Commits(20);

	@Test
	void isGoodWhenEachJobRanOnceInSomeJvm() {
		this.here.ran(10);
		this.there.ran(11);
		this.here.ran(12);
		assertThat(both(10, 3).checkOnce().firstStart()).isEqualTo(this.here.startedAt(10));
	}

	@Test
	void isBadWhenAJobNeverRan() {
		this.here.ran(10);
		this.there.ran(12);
		assertThatIllegalStateException().isThrownBy(() -> both(10, 3).checkOnce())
			.withMessage("Of 3 jobs 1 never ran and 0 ran more than once, the first of them job 11");
	}

	@Test
	void isBadWhenAJobRanInTwoJvms() {
		this.here.ran(10);
		this.here.ran(11);
		this.there.ran(11);
		assertThatIllegalStateException().isThrownBy(() -> both(10, 2).checkOnce())
			.withMessage("Of 2 jobs 0 never ran and 1 ran more than once, the first of them job 11");
	}

	@Test
	void isBadWhenAJobRanTwiceInOneJvm() {
		this.here.ran(10);
		this.here.ran(10);
		assertThatIllegalStateException().isThrownBy(() -> both(10, 1).checkOnce()).withMessageContaining("job 10");
	}

	@Test
	void looksAtNoOtherJobs() {
		this.here.ran(9);
		this.here.ran(9);
		this.here.ran(10);
		assertThat(both(10, 1).checkOnce().waits()).hasSize(1);
	}

	@Test
	void waitIsFromTheCommitInOneJvmToTheStartInAnother() {
		this.commits.committed(10, 1);
		this.there.ran(10);
		assertThat(both(10, 1).waits()).containsExactly(this.there.startedAt(10) - this.commits.committedAt(10));
	}

	@Test
	void tracesOfOtherJobsCannotBePutTogether() {
		Trace one = Trace.of(this.here, this.commits, 10, 3);
		Trace other = Trace.of(this.there, this.commits, 11, 3);
		assertThatIllegalArgumentException().isThrownBy(() -> one.and(other));
	}

	@Test
	void comesBackFromItsFile(@TempDir Path folder) {
		this.commits.committed(11, 1);
		this.here.ran(10);
		this.here.ran(11);
		Path file = folder.resolve("trace");
		Trace trace = Trace.of(this.here, this.commits, 10, 2);
		trace.write(file);
		Trace read = Trace.read(file).checkOnce();
		assertThat(read.waits()).containsExactly(trace.waits());
		assertThat(read.firstStart()).isEqualTo(this.here.startedAt(10));
	}

	private Trace both(int first, int count) {
		return Trace.of(this.here, this.commits, first, count).and(Trace.of(this.there, new Commits(20), first, count));
	}

}

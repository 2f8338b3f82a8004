package io.tasuki.faults;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

import io.tasuki.faults.FaultTestCounts.Count;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints how many fault tests there were and which situations they passed in, in all test
 * JVMs of the build so far: the last line is that of the build. A test counts if it is
 * tagged, or if its display name, or that of the method it repeats, cites a situation.
 */
public final class FaultTestReport implements TestExecutionListener {

	private final FaultTestCounts counts = new FaultTestCounts(Path.of("target", "fault-tests"),
			System.getProperty("tasuki.test.jvm", "only"));

	private final SortedSet<Integer> passedSituations = new TreeSet<>();

	private TestPlan plan;

	private int run;

	private int passed;

	private int printed;

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		this.plan = plan;
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		SortedSet<Integer> cited = citedBy(test);
		if (test.isTest() && (!cited.isEmpty() || test.getTags().contains(TestTag.create(FaultTest.TAG)))) {
			this.run++;
			if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
				this.passed++;
				this.passedSituations.addAll(cited);
			}
		}
	}

	private SortedSet<Integer> citedBy(TestIdentifier test) {
		SortedSet<Integer> cited = Situations.citedIn(test.getDisplayName());
		this.plan.getParent(test).ifPresent((parent) -> cited.addAll(Situations.citedIn(parent.getDisplayName())));
		return cited;
	}

	// A JVM among several is given its classes one by one, as plans of their own.
	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		if (this.run > this.printed) {
			this.printed = this.run;
			Count all = this.counts.write(new Count(this.run, this.passed, this.passedSituations));
			System.out.printf("Fault tests: %d run, %d passed, in %d situations: %s%n", all.run(), all.passed(),
					all.situations().size(), Situations.describe(all.situations()));
		}
	}

}

package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tasuki.worker.ClaimPlan.Share;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimPlanTests {

	private static final int CONCURRENCY = 4;

	private static final int ROOM = 2_000;

	private final List<LineCursor> fast = Stream.generate(() -> cursor(Duration.ofNanos(10_000)))
		.limit(ClaimPlan.MOST_FAST_LINES + 1)
		.toList();

	@Test
	void leavesFastLinesForTheNextClaimWhereThereAreMany() {
		List<LineCursor> first = this.fast.subList(0, ClaimPlan.MOST_FAST_LINES);
		assertThat(ahead(this.fast)).containsExactlyElementsOf(first);
		first.forEach((cursor) -> cursor.claimedAhead(List.of(), false));
		assertThat(ahead(this.fast)).containsExactly(this.fast.get(ClaimPlan.MOST_FAST_LINES));
	}

	@Test
	void leavesNoSlowLineForTheNextClaim() {
		List<LineCursor> lines = new ArrayList<>(this.fast);
		LineCursor slow = cursor(Duration.ofSeconds(1));
		lines.add(slow);
		assertThat(ahead(lines)).hasSize(ClaimPlan.MOST_FAST_LINES + 1).endsWith(slow);
	}

	private static List<LineCursor> ahead(List<LineCursor> lines) {
		return ClaimPlan.ahead(lines, CONCURRENCY, ROOM, ROOM, true).shares().stream().map(Share::cursor).toList();
	}

	private static LineCursor cursor(Duration runTime) {
		Line line = Jobs.line();
		LineCursor cursor = new LineCursor(line);
		line.add(Jobs.held(line, 1, 5));
		line.start(6);
		line.finish(runTime.toNanos());
		cursor.measure(System.nanoTime(), CONCURRENCY, ROOM);
		cursor.heat();
		return cursor;
	}

}

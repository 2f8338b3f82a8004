package io.tasuki.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.tasuki.store.QueueDepth;
import io.tasuki.store.QueueInspection;
import io.tasuki.store.QueueTakers;
import io.tasuki.store.UnknownKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class QueueLookTests {

	private static final QueueTakers PAUSED = new QueueTakers("mail", Duration.ofMinutes(3), 2, Set.of("letter"));

	private final StubInspection inspection = new StubInspection();

	private long now = Long.MAX_VALUE - 1_000;

	private final QueueLook look = new QueueLook(this.inspection, () -> Set.of("default", "mail"), () -> this.now);

	@Test
	void seesTheWorkersQueuesAndThoseThatHoldJobs() { // B52
		List<SeenQueue> seen = this.look.find();
		assertThat(seen).extracting(SeenQueue::name).containsExactly("default", "elsewhere", "mail");
		assertThat(seen).extracting(SeenQueue::ours).containsExactly(true, false, true);
		assertThat(seen.get(0).takers()).isEqualTo(QueueTakers.none("default"));
		assertThat(seen.get(2).takers()).isEqualTo(PAUSED);
		assertThat(this.look.depths()).extracting(QueueDepth::queue).containsExactly("default", "elsewhere", "mail");
	}

	@Test
	void looksAgainWhenItsAnswerIsOld() {
		this.look.find();
		this.now += QueueLook.LONGEST_AGE.toNanos() - 1;
		this.look.find();
		assertThat(this.inspection.asked).hasSize(1);
		this.now++;
		this.look.depths();
		assertThat(this.inspection.asked).hasSize(2);
	}

	@Test
	void doesWithoutTakersWhereTheRoleMayNotSeeThem() {
		this.inspection.takersFail = true;
		assertThat(this.look.find()).extracting(SeenQueue::name).containsExactly("default", "mail");
	}

	@Test
	void passesFailuresOnAndAsksAgain() {
		this.inspection.away = true;
		assertThatIllegalStateException().isThrownBy(this.look::find);
		this.inspection.away = false;
		assertThat(this.look.find()).hasSize(3);
	}

	private static final class StubInspection implements QueueInspection {

		private final List<Set<String>> asked = new ArrayList<>();

		private boolean takersFail;

		private boolean away;

		@Override
		public List<UnknownKind> unknownKinds(Set<String> queues, Set<String> kinds) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<QueueDepth> depths(Set<String> queues) {
			if (this.away) {
				throw new IllegalStateException("The database is away");
			}
			this.asked.add(queues);
			return new TreeSet<>(queues).stream()
				.map((queue) -> new QueueDepth(queue, 1, 0, 0, 0, true, Duration.ofSeconds(1)))
				.toList();
		}

		@Override
		public List<QueueTakers> takers(Set<String> queues) {
			if (this.takersFail) {
				throw new IllegalStateException("permission denied for table worker");
			}
			return List.of(PAUSED, QueueTakers.none("elsewhere"));
		}

	}

}

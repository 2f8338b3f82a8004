package io.tasuki.worker;

import java.time.Duration;
import java.util.List;

import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
import io.tasuki.worker.Inbox.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxTests {

	private final Inbox inbox = new Inbox(new Signal());

	@Test
	void isEmptyAtFirstAndAfterTaking() {
		assertThat(this.inbox.take()).isNull();
		this.inbox.wake(List.of(due("mail", 5, 1)));
		assertThat(this.inbox.take()).isNotNull();
		assertThat(this.inbox.take()).isNull();
	}

	@Test
	void keepsTheOldestDueJobOfEachPlace() {
		this.inbox.wake(List.of(due("mail", 5, 3), due("mail", 5, 2), due("mail", 4, 9)));
		this.inbox.wake(List.of(due("mail", 5, 4)));
		Inbox.Contents contents = this.inbox.take();
		assertThat(contents).isNotNull();
		assertThat(contents.words()).containsOnlyKeys(new Place("mail", 5), new Place("mail", 4));
		assertThat(contents.words().get(new Place("mail", 5)).oldest()).isEqualTo(position(2));
		assertThat(contents.words().get(new Place("mail", 5)).nextDue()).isNull();
	}

	@Test
	void keepsTheSoonestOfTheJobsAhead() {
		long before = System.nanoTime();
		this.inbox.wake(List.of(ahead(Duration.ofHours(2)), ahead(Duration.ofHours(1))));
		Inbox.Contents contents = this.inbox.take();
		assertThat(contents).isNotNull();
		Inbox.Word word = contents.words().get(new Place("mail", 5));
		assertThat(word.oldest()).isNull();
		assertThat(word.nextDue() - before).isBetween(Duration.ofMinutes(59).toNanos(),
				Duration.ofMinutes(61).toNanos());
	}

	@Test
	void remembersThatThereMayBeWorkAnywhere() {
		this.inbox.wakeAll();
		Inbox.Contents contents = this.inbox.take();
		assertThat(contents).isNotNull();
		assertThat(contents.all()).isTrue();
	}

	private static WakeUp due(String queue, int priority, long id) {
		return new WakeUp(queue, priority, position(id), Duration.ZERO);
	}

	private static WakeUp ahead(Duration dueIn) {
		return new WakeUp("mail", 5, position(1), dueIn);
	}

	private static Position position(long id) {
		return new Position(Jobs.NOON, id);
	}

}

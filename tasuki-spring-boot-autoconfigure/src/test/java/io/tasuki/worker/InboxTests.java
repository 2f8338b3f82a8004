package io.tasuki.worker;

import java.time.Duration;
import java.util.List;

import io.tasuki.JobId;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
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
		assertThat(contents.wakeUps()).containsExactlyInAnyOrder(due("mail", 5, 2), due("mail", 4, 9));
	}

	@Test
	void keepsEachCancelRequestOnce() {
		this.inbox.cancelRequested(List.of(new JobId(1), new JobId(2)));
		this.inbox.cancelRequested(List.of(new JobId(2)));
		Inbox.Contents contents = this.inbox.take();
		assertThat(contents).isNotNull();
		assertThat(contents.cancelRequests()).containsExactlyInAnyOrder(new JobId(1), new JobId(2));
		assertThat(contents.all()).isFalse();
		assertThat(this.inbox.take()).isNull();
	}

	@Test
	void takesTooManyCancelRequestsForAll() {
		for (int id = 1; id <= 1_001; id++) {
			this.inbox.cancelRequested(List.of(new JobId(id)));
		}
		Inbox.Contents contents = this.inbox.take();
		assertThat(contents).isNotNull();
		assertThat(contents.cancelRequests()).isEmpty();
		assertThat(contents.all()).isTrue();
	}

	@Test
	void remembersThatThereMayBeWorkAnywhere() {
		this.inbox.wakeAll();
		Inbox.Contents contents = this.inbox.take();
		assertThat(contents).isNotNull();
		assertThat(contents.all()).isTrue();
	}

	private static WakeUp due(String queue, int priority, long id) {
		return new WakeUp(queue, priority, new Position(Jobs.NOON, id), Duration.ZERO);
	}

}

package io.tasuki.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tasuki.JobState;
import io.tasuki.histories.Tally.Event;
import io.tasuki.store.ClaimRequest;
import io.tasuki.store.ClaimedJob;
import io.tasuki.store.LineClaim;
import io.tasuki.store.Position;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Takes jobs for one owner.
 *
 * @param longLease whether leases are to last longer than three times the server's age:
 * then nothing is taken over
 * @param fault what becomes of the claim; what its answer says stays unknown to everyone
 * if that is lost
 */
record Claim(int owner, List<Line> lines, int limit, boolean takeOver, boolean longLease, Fault fault) implements Step {

	private static final Duration LONG_LEASE = Duration.ofDays(30);

	/** Any server is old enough for it, and no step is over before it has run out. */
	private static final Duration SHORT_LEASE = Duration.ofNanos(1_000);

	@Override
	public void play(Scene scene) {
		Owner owner = scene.queue().owner(this.owner);
		ClaimRequest request = request(scene.model());
		List<ModelJob> expected = scene.model().claimable(request, owner.number(), this.takeOver && !this.longLease);
		if (this.fault == Fault.NONE) {
			List<ClaimedJob> claimed = owner.store().claim(request);
			assertThat(claimed).extracting((job) -> job.job().id())
				.as("claimed jobs")
				.containsExactlyElementsOf(expected.stream().map((job) -> job.id).toList());
			claimed.forEach((job) -> owner.claimedUnder(job.lease().owner()));
			claim(expected, owner, scene);
			compare(expected, claimed, scene.model());
			return;
		}
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> owner.store(this.fault).claim(request));
		if (this.fault == Fault.ANSWER_LOST && !expected.isEmpty()) {
			Set<Long> holders = scene.queue().holders(expected);
			assertThat(holders).as("owners after a lost claim").hasSize(1).doesNotContainNull();
			owner.claimedUnder(holders.iterator().next());
			claim(expected, owner, scene);
		}
		owner.change();
		scene.tally().add((this.fault == Fault.ANSWER_LOST) ? Event.CLAIM_LOST : Event.CLAIM_FAILED);
	}

	@Override
	public List<Step> simpler() {
		return Shortener.withoutOne(this.lines)
			.stream()
			.<Step>map((left) -> new Claim(this.owner, left, this.limit, this.takeOver, this.longLease, this.fault))
			.toList();
	}

	private ClaimRequest request(Model model) {
		return new ClaimRequest(this.lines.stream().map((line) -> line.request(model)).toList(), this.limit,
				(this.longLease) ? LONG_LEASE : SHORT_LEASE, this.takeOver);
	}

	private void claim(List<ModelJob> jobs, Owner owner, Scene scene) {
		Long number = owner.number();
		if (number == null) {
			return;
		}
		Instant leaseEnd = scene.model().hours().in((this.longLease) ? (int) LONG_LEASE.toHours() : 1);
		for (ModelJob job : jobs) {
			count(job, scene);
			job.claim(number, leaseEnd);
		}
		if (!this.longLease) {
			scene.queue().prolong(jobs);
		}
	}

	private static void count(ModelJob job, Scene scene) {
		scene.tally().add(Event.CLAIMED);
		if (job.lease() != null) {
			scene.tally().add(Event.TAKEN_OVER);
		}
		else if (job.crashes() > 0) {
			scene.tally().add(Event.SUSPECT_CLAIMED);
		}
	}

	private static void compare(List<ModelJob> expected, List<ClaimedJob> claimed, Model model) {
		for (int i = 0; i < claimed.size(); i++) {
			ClaimedJob answer = claimed.get(i);
			ModelJob job = expected.get(i);
			assertThat(answer).isEqualTo(new ClaimedJob(job.told(answer.job().createdAt()), job.lease(), job.crashes(),
					job.cancelRequested()));
			assertThat(job.state(model.hours())).isEqualTo(JobState.RUNNING);
			model.grant(job, answer.lease());
		}
	}

	/**
	 * What to claim of a line.
	 *
	 * @param cursors for some priorities, the number of the job that was passed last
	 * @param only the only priority to look at; {@code null} for all
	 */
	record Line(String queue, List<String> kinds, int limit, Map<Integer, Integer> cursors, @Nullable Integer only) {

		Line(String queue, List<String> kinds, int limit, Map<Integer, Integer> cursors) {
			this(queue, kinds, limit, cursors, null);
		}

		Line only(int priority) {
			return new Line(this.queue, this.kinds, this.limit, this.cursors, priority);
		}

		LineClaim request(Model model) {
			List<Position> positions = new ArrayList<>(
					Collections.nCopies(LineClaim.PRIORITIES, (this.only != null) ? Position.END : Position.START));
			if (this.only != null) {
				positions.set(this.only, Position.START);
			}
			this.cursors.forEach((priority, job) -> {
				if (this.only == null || priority.equals(this.only)) {
					positions.set(priority, model.behind(job));
				}
			});
			return new LineClaim(this.queue, this.kinds, this.limit, positions);
		}

	}

}

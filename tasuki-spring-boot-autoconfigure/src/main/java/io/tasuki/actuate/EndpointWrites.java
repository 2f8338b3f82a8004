package io.tasuki.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.tasuki.Cancellation;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobPageRequest;
import io.tasuki.QueueOperations;
import io.tasuki.QueueSettings;
import io.tasuki.Rescheduling;
import io.tasuki.Retrial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * What operators change, whatever way they come. Each change is logged, with who wanted
 * it and what became of it; what is refused changes nothing and is not.
 */
final class EndpointWrites {

	private static final Logger log = LoggerFactory.getLogger(EndpointWrites.class);

	private final JobClient client;

	private final JobOperations jobs;

	private final QueueOperations queues;

	EndpointWrites(JobClient client, JobOperations jobs, QueueOperations queues) {
		this.client = client;
		this.jobs = jobs;
		this.queues = queues;
	}

	QueueChangeDescriptor pause(String queue, Caller caller) {
		return log(caller, "pause queue '%s'".formatted(queue), () -> {
			boolean known = isKnown(queue);
			boolean before = settings(queue).filter(QueueSettings::isPaused).isPresent();
			this.queues.pause(queue);
			String message = (before) ? "Nothing changed: it was paused before." : "None of its jobs starts any more.";
			return new QueueChangeDescriptor(queue, !before, true, message + ((known) ? "" : warning(queue)));
		}, QueueChangeDescriptor::message);
	}

	QueueChangeDescriptor resume(String queue, Caller caller) {
		return log(caller, "resume queue '%s'".formatted(queue), () -> {
			boolean known = isKnown(queue);
			boolean before = settings(queue).filter(QueueSettings::isPaused).isPresent();
			this.queues.resume(queue);
			String message = (before) ? "Its jobs start again." : "Nothing changed: it was not paused.";
			return new QueueChangeDescriptor(queue, before, false, message + ((known) ? "" : warning(queue)));
		}, QueueChangeDescriptor::message);
	}

	private boolean isKnown(String queue) {
		return settings(queue).isPresent()
				|| this.jobs.workers().stream().anyMatch((worker) -> worker.queues().contains(queue));
	}

	private Optional<QueueSettings> settings(String queue) {
		return this.queues.list().stream().filter((settings) -> settings.queue().equals(queue)).findAny();
	}

	private static String warning(String queue) {
		return " But is '%s' its name? No job is in it, and no worker takes jobs from it.".formatted(queue);
	}

	JobChangeDescriptor cancel(JobId id, Caller caller) {
		return log(caller, "cancel job " + id, () -> {
			Cancellation cancellation = this.client.cancel(id);
			if (cancellation.effect() == Cancellation.Effect.NONE) {
				find(id);
			}
			return JobChangeDescriptor.of(cancellation);
		}, JobChangeDescriptor::message);
	}

	JobChangeDescriptor retry(JobId id, Caller caller) {
		return log(caller, "retry job " + id, () -> {
			Retrial retrial = this.jobs.retry(id);
			return JobChangeDescriptor.of(retrial,
					(retrial.effect() == Retrial.Effect.NOT_DEAD) ? find(id).state() : null);
		}, JobChangeDescriptor::message);
	}

	private FoundJob find(JobId id) {
		return this.client.find(id).orElseThrow(() -> new NotThereException(id));
	}

	JobChangeDescriptor runNow(JobId id, Caller caller) {
		return log(caller, "run job %s now".formatted(id),
				() -> describe(this.jobs.runNow(id), "It is due, and starts when its turn comes."),
				JobChangeDescriptor::message);
	}

	/**
	 * Reschedules a job.
	 * @param runAt the moment, or {@code null}
	 * @param delay the delay, or {@code null}; exactly one of both must be given
	 */
	JobChangeDescriptor reschedule(JobId id, @Nullable Instant runAt, @Nullable Duration delay, Caller caller) {
		if (runAt != null && delay == null) {
			return log(caller, "reschedule job %s to %s".formatted(id, runAt),
					() -> describe(this.jobs.reschedule(id, runAt), "It waits until %s.".formatted(runAt)),
					JobChangeDescriptor::message);
		}
		if (delay != null && runAt == null) {
			return log(caller, "reschedule job %s by %s".formatted(id, delay),
					() -> describe(this.jobs.reschedule(id, delay), "It waits for %s from now on.".formatted(delay)),
					JobChangeDescriptor::message);
		}
		throw Parameters.refused("Say when job %s is to run: either 'runAt', a moment, or 'delay', a duration, not %s"
			.formatted(id, (runAt != null) ? "both" : "neither"));
	}

	private static JobChangeDescriptor describe(Rescheduling rescheduling, String rescheduled) {
		if (rescheduling.effect() == Rescheduling.Effect.UNKNOWN) {
			throw new NotThereException(rescheduling.id());
		}
		return JobChangeDescriptor.of(rescheduling, rescheduled);
	}

	RetryAllDescriptor retryAll(JobFilter filter, JobPageRequest page, boolean dryRun, Caller caller) {
		if (dryRun) {
			return RetryAllDescriptor.dryRun(Parameters.check(() -> this.jobs.list(filter, page)), filter);
		}
		return log(caller, "retry up to %d jobs".formatted(page.size()),
				() -> RetryAllDescriptor.of(this.jobs.retryAll(filter, page), filter),
				(answer) -> "%s Retried: %s".formatted(answer.message(), answer.retried()));
	}

	private static <T> T log(Caller caller, String wish, Supplier<T> change, Function<T, String> outcome) {
		try {
			T answer = Parameters.check(change);
			log.info("{} to {}: {}", caller, wish, outcome.apply(answer));
			return answer;
		}
		catch (InvalidEndpointRequestException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			log.info("{} to {}: that failed, and it is not known whether anything changed", caller, wish, ex);
			throw ex;
		}
	}

}

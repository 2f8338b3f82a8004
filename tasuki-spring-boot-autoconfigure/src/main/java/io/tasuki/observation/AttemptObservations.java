package io.tasuki.observation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.micrometer.observation.ObservationRegistry;
import io.tasuki.BatchInterceptor;
import io.tasuki.BatchResult;
import io.tasuki.Handler;
import io.tasuki.Job;
import io.tasuki.JobContext;
import io.tasuki.JobInterceptor;
import io.tasuki.JobResult;
import org.jspecify.annotations.Nullable;

/**
 * Observes every call of a handler, as {@link TasukiObservation#PROCESS} describes.
 */
public final class AttemptObservations implements JobInterceptor, BatchInterceptor {

	private static final JobProcessObservationConvention DEFAULT = new DefaultJobProcessObservationConvention();

	/** As many as tracers keep of one span, unless told otherwise. */
	private static final int MOST_LINKS = 100;

	private final ObservationRegistry registry;

	private final @Nullable JobProcessObservationConvention convention;

	private final TraceMode mode;

	/**
	 * Creates observations.
	 * @param registry has them handled
	 * @param convention the application's own; {@code null} for the default
	 * @param mode how traces of attempts stand to those of enqueues
	 */
	public AttemptObservations(ObservationRegistry registry, @Nullable JobProcessObservationConvention convention,
			TraceMode mode) {
		this.registry = registry;
		this.convention = convention;
		this.mode = mode;
	}

	@Override
	public JobResult intercept(JobContext context, Handler next) throws Exception {
		if (this.registry.isNoop()) {
			return next.handle(context);
		}
		List<Job> jobs = List.of(context.job());
		boolean continues = this.mode == TraceMode.CONTINUE && CarriedTrace.isIn(context.job().metadata());
		JobProcessContext process = new JobProcessContext(jobs, false, continues ? null : producers(jobs));
		Observed observed = begin(process);
		if (observed == null) {
			return next.handle(context);
		}
		try {
			JobResult result = next.handle(context);
			process.setOutcome(AttemptOutcome.of(result));
			return result;
		}
		catch (Throwable ex) {
			failed(process, observed, ex, context.isCancelled());
			throw ex;
		}
		finally {
			observed.end();
		}
	}

	@Override
	public BatchResult intercept(List<JobContext> batch, Callable<BatchResult> next) throws Exception {
		if (this.registry.isNoop()) {
			return next.call();
		}
		List<Job> jobs = batch.stream().map(JobContext::job).toList();
		Set<ProducerTrace> producers = producers(jobs);
		boolean together = this.mode == TraceMode.CONTINUE && producers.size() == 1 && allCarry(jobs);
		JobProcessContext process = new JobProcessContext(jobs, true, together ? null : producers);
		Observed observed = begin(process);
		if (observed == null) {
			return next.call();
		}
		try {
			BatchResult result = next.call();
			process.setOutcome(AttemptOutcome.of(result, jobs));
			if (result != null) {
				result.failures().values().stream().findFirst().ifPresent(observed::error);
			}
			return result;
		}
		catch (Throwable ex) {
			failed(process, observed, ex, batch.stream().anyMatch(JobContext::isCancelled));
			throw ex;
		}
		finally {
			observed.end();
		}
	}

	private static Set<ProducerTrace> producers(List<Job> jobs) {
		Set<ProducerTrace> producers = new HashSet<>();
		for (Job job : jobs) {
			ProducerTrace producer = ProducerTrace.of(job.metadata());
			if (producer != null && producers.size() < MOST_LINKS) {
				producers.add(producer);
			}
		}
		return producers;
	}

	private static boolean allCarry(List<Job> jobs) {
		return jobs.stream().allMatch((job) -> ProducerTrace.of(job.metadata()) != null);
	}

	private @Nullable Observed begin(JobProcessContext process) {
		return Observed.begin(this.registry,
				() -> TasukiObservation.PROCESS.observation(this.convention, DEFAULT, () -> process, this.registry));
	}

	private static void failed(JobProcessContext process, Observed observed, Throwable ex, boolean stopped) {
		process.setOutcome(stopped ? AttemptOutcome.STOPPED : AttemptOutcome.FAILED);
		observed.error(ex);
	}

}

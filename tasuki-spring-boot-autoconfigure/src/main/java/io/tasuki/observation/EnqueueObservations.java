package io.tasuki.observation;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import io.tasuki.EnqueuedJob;
import io.tasuki.client.EnqueueCall;
import io.tasuki.client.EnqueueInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Observes every call that enqueues, as {@link TasukiObservation#ENQUEUE} describes.
 */
public final class EnqueueObservations implements EnqueueInterceptor {

	private static final JobEnqueueObservationConvention DEFAULT = new DefaultJobEnqueueObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable JobEnqueueObservationConvention convention;

	/**
	 * Creates observations.
	 * @param registry has them handled
	 * @param convention the application's own; {@code null} for the default
	 */
	public EnqueueObservations(ObservationRegistry registry, @Nullable JobEnqueueObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public List<EnqueuedJob> intercept(EnqueueCall call) {
		if (this.registry.isNoop()) {
			return call.proceed();
		}
		JobEnqueueContext context = new JobEnqueueContext(call);
		Observed observed = Observed.begin(this.registry,
				() -> TasukiObservation.ENQUEUE.observation(this.convention, DEFAULT, () -> context, this.registry));
		return (observed != null) ? proceed(call, context, observed) : call.proceed();
	}

	private static List<EnqueuedJob> proceed(EnqueueCall call, JobEnqueueContext context, Observed observed) {
		try {
			List<EnqueuedJob> enqueued = call.proceed();
			context.setEnqueued(enqueued);
			return enqueued;
		}
		catch (Throwable ex) {
			observed.error(ex);
			throw ex;
		}
		finally {
			observed.end();
		}
	}

}

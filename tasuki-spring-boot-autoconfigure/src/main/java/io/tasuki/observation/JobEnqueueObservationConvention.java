package io.tasuki.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names {@link TasukiObservation#ENQUEUE} and its keys. A bean of this type stands in for
 * {@link DefaultJobEnqueueObservationConvention}.
 */
public interface JobEnqueueObservationConvention extends ObservationConvention<JobEnqueueContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof JobEnqueueContext;
	}

}

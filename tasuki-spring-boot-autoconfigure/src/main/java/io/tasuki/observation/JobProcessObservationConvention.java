package io.tasuki.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names {@link TasukiObservation#PROCESS} and its keys. A bean of this type stands in for
 * {@link DefaultJobProcessObservationConvention}.
 */
public interface JobProcessObservationConvention extends ObservationConvention<JobProcessContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof JobProcessContext;
	}

}

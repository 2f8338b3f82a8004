package io.tasuki.observation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tasuki.EnqueuedJob;
import io.tasuki.observation.TasukiObservation.EnqueueHighCardinalityKeys;
import io.tasuki.observation.TasukiObservation.EnqueueLowCardinalityKeys;

/**
 * The names and keys of {@link TasukiObservation#ENQUEUE}, unless the application has its
 * own.
 */
public class DefaultJobEnqueueObservationConvention implements JobEnqueueObservationConvention {

	@Override
	public String getName() {
		return "tasuki.enqueue";
	}

	@Override
	public String getContextualName(JobEnqueueContext context) {
		return "enqueue " + one(context.getKinds());
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(JobEnqueueContext context) {
		return KeyValues.of(EnqueueLowCardinalityKeys.KIND.withValue(one(context.getKinds())),
				EnqueueLowCardinalityKeys.QUEUE.withValue(one(context.getQueues())),
				EnqueueLowCardinalityKeys.OUTCOME.withValue(outcome(context)));
	}

	private static String one(Set<String> names) {
		return switch (names.size()) {
			case 0 -> KeyValue.NONE_VALUE;
			case 1 -> names.iterator().next();
			default -> "various";
		};
	}

	private static String outcome(JobEnqueueContext context) {
		if (context.getError() != null) {
			return "failed";
		}
		List<EnqueuedJob> enqueued = context.getEnqueued();
		if (enqueued.isEmpty()) {
			return KeyValue.NONE_VALUE;
		}
		EnqueuedJob.Effect effect = enqueued.get(0).effect();
		boolean same = enqueued.stream().allMatch((job) -> job.effect() == effect);
		return same ? effect.name().toLowerCase(Locale.ROOT) : "various";
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(JobEnqueueContext context) {
		return KeyValues.of(EnqueueHighCardinalityKeys.JOB_ID.withValue(JobIds.of(context.getEnqueued())),
				EnqueueHighCardinalityKeys.SIZE.withValue(Integer.toString(context.getSize())));
	}

}

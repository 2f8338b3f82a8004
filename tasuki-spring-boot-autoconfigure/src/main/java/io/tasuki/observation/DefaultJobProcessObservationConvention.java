package io.tasuki.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.tasuki.Job;
import io.tasuki.observation.TasukiObservation.ProcessHighCardinalityKeys;
import io.tasuki.observation.TasukiObservation.ProcessLowCardinalityKeys;

/**
 * The names and keys of {@link TasukiObservation#PROCESS}, unless the application has its
 * own.
 */
public class DefaultJobProcessObservationConvention implements JobProcessObservationConvention {

	@Override
	public String getName() {
		return "tasuki.process";
	}

	@Override
	public String getContextualName(JobProcessContext context) {
		return "process " + context.getJobs().get(0).kind();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(JobProcessContext context) {
		Job job = context.getJobs().get(0);
		AttemptOutcome outcome = context.getOutcome();
		return KeyValues.of(ProcessLowCardinalityKeys.KIND.withValue(job.kind()),
				ProcessLowCardinalityKeys.QUEUE.withValue(job.queue()),
				ProcessLowCardinalityKeys.OUTCOME.withValue((outcome != null) ? outcome.value() : KeyValue.NONE_VALUE));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(JobProcessContext context) {
		KeyValue id = ProcessHighCardinalityKeys.JOB_ID.withValue(JobIds.ofJobs(context.getJobs()));
		if (context.isBatch()) {
			return KeyValues.of(id,
					ProcessHighCardinalityKeys.SIZE.withValue(Integer.toString(context.getJobs().size())));
		}
		return KeyValues.of(id,
				ProcessHighCardinalityKeys.ATTEMPT.withValue(Integer.toString(context.getJobs().get(0).attempt())));
	}

}

package io.tasuki.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * Every observation, with its keys.
 */
public enum TasukiObservation implements ObservationDocumentation {

	/** A call that enqueues a job or several. */
	ENQUEUE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultJobEnqueueObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return EnqueueLowCardinalityKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return EnqueueHighCardinalityKeys.values();
		}

	},

	/** A call of a handler: the attempt of a job, or of all jobs of a batch. */
	PROCESS {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultJobProcessObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ProcessLowCardinalityKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return ProcessHighCardinalityKeys.values();
		}

	};

	/** Keys of {@link #ENQUEUE} with few values. */
	public enum EnqueueLowCardinalityKeys implements KeyName {

		/** Kind of the jobs; {@code various} if they have several. */
		KIND {

			@Override
			public String asString() {
				return "kind";
			}

		},

		/** Queue of the jobs; {@code various} if they have several. */
		QUEUE {

			@Override
			public String asString() {
				return "queue";
			}

		},

		/**
		 * What the call did: {@code created}, {@code existing}, {@code running},
		 * {@code replaced}, {@code various} or {@code failed}.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/** Keys of {@link #ENQUEUE} with many values. */
	public enum EnqueueHighCardinalityKeys implements KeyName {

		/** Ids of the jobs, the first twenty. */
		JOB_ID {

			@Override
			public String asString() {
				return "tasuki.job.id";
			}

		},

		/** How many jobs the call enqueued. */
		SIZE {

			@Override
			public String asString() {
				return "tasuki.batch.size";
			}

		}

	}

	/** Keys of {@link #PROCESS} with few values. */
	public enum ProcessLowCardinalityKeys implements KeyName {

		/** Kind of the jobs. */
		KIND {

			@Override
			public String asString() {
				return "kind";
			}

		},

		/** Queue of the jobs. */
		QUEUE {

			@Override
			public String asString() {
				return "queue";
			}

		},

		/**
		 * How the attempt ended for its handler: {@code succeeded}, {@code retry},
		 * {@code snoozed}, {@code cancelled}, {@code dead}, {@code failed} by an
		 * exception, {@code stopped} from outside, or, for the jobs of a batch,
		 * {@code various}.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/** Keys of {@link #PROCESS} with many values. */
	public enum ProcessHighCardinalityKeys implements KeyName {

		/** Id of the job; of a batch, the first twenty. */
		JOB_ID {

			@Override
			public String asString() {
				return "tasuki.job.id";
			}

		},

		/** Number of the attempt, counted from 1; not for a batch. */
		ATTEMPT {

			@Override
			public String asString() {
				return "tasuki.job.attempt";
			}

		},

		/** How many jobs the batch has; only for a batch. */
		SIZE {

			@Override
			public String asString() {
				return "tasuki.batch.size";
			}

		}

	}

}

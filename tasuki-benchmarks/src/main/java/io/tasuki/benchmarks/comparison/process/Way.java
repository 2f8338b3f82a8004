package io.tasuki.benchmarks.comparison.process;

import io.tasuki.benchmarks.comparison.contestant.BusinessTransactions;

/**
 * How jobs are enqueued.
 */
public enum Way {

	/** Each in a transaction of its own. */
	ONE_BY_ONE {

		@Override
		void enqueue(Stage stage, int first, int count) {
			for (int number = first; number < first + count; number++) {
				stage.contestant().enqueue(number);
			}
		}

	},

	/** All of a batch in one transaction. */
	TOGETHER {

		@Override
		void enqueue(Stage stage, int first, int count) {
			stage.contestant().enqueueAll(first, count);
		}

	},

	/** Each in a transaction with a row of the application's own. */
	WITH_BUSINESS {

		@Override
		void enqueue(Stage stage, int first, int count) {
			for (int number = first; number < first + count; number++) {
				((BusinessTransactions) stage.contestant()).businessWithJob(number);
			}
		}

	},

	/** Not at all: only the rows of the application's own. */
	BUSINESS_ALONE {

		@Override
		void enqueue(Stage stage, int first, int count) {
			for (int number = first; number < first + count; number++) {
				((BusinessTransactions) stage.contestant()).business(number);
			}
		}

	};

	abstract void enqueue(Stage stage, int first, int count);

}

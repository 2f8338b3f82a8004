package io.tasuki.benchmarks.comparison.workload;

import java.util.List;
import java.util.stream.IntStream;

import io.tasuki.benchmarks.comparison.report.Variants;
import io.tasuki.localpostgres.Database;

/**
 * What burdens tasuki's tables while jobs are drained.
 */
enum Burden {

	/** Nothing does. */
	NOTHING(Variants.CLEAN),

	/** Jobs that are not due for long. */
	SCHEDULED(Variants.SCHEDULED) {
		@Override
		void make(JobRows rows, Scale scale) {
			rows.scheduled(scale.jobs(1_000_000));
		}
	},

	/** Jobs that succeeded before. */
	ARCHIVED(Variants.ARCHIVED) {
		@Override
		void make(JobRows rows, Scale scale) {
			rows.archived(scale.jobs(5_000_000));
		}
	},

	/** A snapshot that sees the tables as they were before the jobs came. */
	OPEN_SNAPSHOT(Variants.OPEN_SNAPSHOT) {
		@Override
		Snapshot openSnapshot(Database database) {
			return Snapshot.open(database);
		}
	},

	/** Many queues instead of one. */
	THOUSAND_QUEUES(Variants.THOUSAND_QUEUES) {
		@Override
		List<String> queues() {
			return IntStream.rangeClosed(1, 1_000).mapToObj("queue-%d"::formatted).toList();
		}
	},

	/** Jobs that another instance runs. */
	RUNNING_ELSEWHERE(Variants.RUNNING_ELSEWHERE) {
		@Override
		void make(JobRows rows, Scale scale) {
			rows.running(scale.jobs(20_000));
		}
	},

	/** Due jobs that no instance runs. */
	UNKNOWN_KIND(Variants.UNKNOWN_KIND) {
		@Override
		void make(JobRows rows, Scale scale) {
			rows.unknownKind(scale.jobs(100_000));
		}
	};

	private final String variant;

	Burden(String variant) {
		this.variant = variant;
	}

	/**
	 * Returns what the measurement is called.
	 */
	String variant() {
		return this.variant;
	}

	/**
	 * Returns the queues of the jobs.
	 */
	List<String> queues() {
		return JobShape.USUAL.queues();
	}

	/**
	 * Makes rows that are to stay.
	 */
	void make(JobRows rows, Scale scale) {
	}

	/**
	 * Opens a snapshot, if that is the burden.
	 */
	Snapshot openSnapshot(Database database) {
		return Snapshot.none();
	}

}

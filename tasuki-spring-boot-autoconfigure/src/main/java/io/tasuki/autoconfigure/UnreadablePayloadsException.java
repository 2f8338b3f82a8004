package io.tasuki.autoconfigure;

import java.util.List;

import io.tasuki.TasukiException;
import io.tasuki.worker.UnreadableJob;

/**
 * Jobs wait whose payloads their handlers cannot read.
 */
class UnreadablePayloadsException extends TasukiException {

	private static final long serialVersionUID = 1L;

	private final transient List<UnreadableJob> jobs;

	UnreadablePayloadsException(List<UnreadableJob> jobs) {
		super("%d waiting jobs that were looked at have a payload that their handlers cannot read, first %s: %s"
			.formatted(jobs.size(), jobs.get(0).job(), jobs.get(0).problem()));
		this.jobs = List.copyOf(jobs);
	}

	List<UnreadableJob> jobs() {
		return this.jobs;
	}

}

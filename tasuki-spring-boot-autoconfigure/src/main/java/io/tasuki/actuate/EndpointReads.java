package io.tasuki.actuate;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.JobPageRequest;
import io.tasuki.QueueOperations;

/**
 * What operators see, whatever way they come.
 *
 * @param masker decides which values they see
 */
record EndpointReads(JobClient client, JobOperations jobs, QueueOperations queues, JobMasker masker) {

	QueuesDescriptor listQueues() {
		return QueuesDescriptor.of(this.jobs.counts(), this.queues.list());
	}

	WorkersDescriptor listWorkers() {
		return WorkersDescriptor.of(this.jobs.workers());
	}

	JobsDescriptor listJobs(JobFilter filter, JobPageRequest page) {
		return JobsDescriptor.of(Parameters.check(() -> this.jobs.list(filter, page)), this.masker);
	}

	/**
	 * Shows one job.
	 * @throws NotThereException if there is no such job
	 */
	JobDescriptor showJob(JobId id) {
		FoundJob job = this.client.find(id).orElseThrow(() -> new NotThereException(id));
		return JobDescriptor.of(job, this.jobs.explain(id), this.masker);
	}

}

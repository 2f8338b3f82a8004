package io.tasuki.actuate;

import io.tasuki.JobClient;
import io.tasuki.JobFilter;
import io.tasuki.JobOperations;
import io.tasuki.QueueOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.jmx.annotation.EndpointJmxExtension;
import org.springframework.jmx.export.annotation.ManagedOperation;

/**
 * What operators see and change over JMX: the same as over HTTP, as an operation for each
 * thing. All parameters are text, and one that is left blank was not given; bad ones are
 * refused with a sentence that helps.
 */
@EndpointJmxExtension(endpoint = TasukiEndpoint.class)
public class TasukiEndpointJmxExtension {

	private final EndpointReads reads;

	private final EndpointWrites writes;

	/**
	 * Creates an extension.
	 * @param client finds and cancels jobs
	 * @param jobs everything else about jobs
	 * @param queues pauses and resumes queues
	 * @param masker decides which values of jobs are shown
	 */
	public TasukiEndpointJmxExtension(JobClient client, JobOperations jobs, QueueOperations queues, JobMasker masker) {
		this.reads = new EndpointReads(client, jobs, queues, masker);
		this.writes = new EndpointWrites(client, jobs, queues);
	}

	@ReadOperation
	@ManagedOperation(description = "Lists the queues, what they hold, and which are paused")
	public QueuesDescriptor queues() {
		return this.reads.listQueues();
	}

	@ReadOperation
	@ManagedOperation(description = "Lists the workers that are alive in all instances")
	public WorkersDescriptor workers() {
		return this.reads.listWorkers();
	}

	@ReadOperation
	@ManagedOperation(description = "Lists one page of jobs: live ones unless 'state' says otherwise")
	public JobsDescriptor jobs(@Nullable String state, @Nullable String queue, @Nullable String kind,
			@Nullable String label, @Nullable String createdFrom, @Nullable String createdBefore,
			@Nullable String finishedFrom, @Nullable String finishedBefore, @Nullable String size,
			@Nullable String after) {
		return this.reads.listJobs(new FilterParameters(state, queue, kind, label, createdFrom, createdBefore,
				finishedFrom, finishedBefore)
			.toFilter(JobFilter.live()), Parameters.page(size, after));
	}

	@ReadOperation
	@ManagedOperation(description = "Shows a job, the history of its attempts, and why it does not run")
	public JobDescriptor job(@Nullable String id) {
		return this.reads.showJob(Parameters.jobId(id));
	}

	@WriteOperation
	@ManagedOperation(description = "Keeps all workers from starting jobs of a queue")
	public QueueChangeDescriptor pause(@Nullable String queue) {
		return this.writes.pause(Parameters.required("queue", queue), Caller.OVER_JMX);
	}

	@WriteOperation
	@ManagedOperation(description = "Lets workers start jobs of a queue again")
	public QueueChangeDescriptor resume(@Nullable String queue) {
		return this.writes.resume(Parameters.required("queue", queue), Caller.OVER_JMX);
	}

	@WriteOperation
	@ManagedOperation(description = "Brings a dead job back to life, due at once")
	public JobChangeDescriptor retry(@Nullable String id) {
		return this.writes.retry(Parameters.jobId(id), Caller.OVER_JMX);
	}

	@WriteOperation
	@ManagedOperation(description = "Cancels a job, or tells its worker to stop it")
	public JobChangeDescriptor cancel(@Nullable String id) {
		return this.writes.cancel(Parameters.jobId(id), Caller.OVER_JMX);
	}

	@WriteOperation
	@ManagedOperation(description = "Makes a waiting job due")
	public JobChangeDescriptor runNow(@Nullable String id) {
		return this.writes.runNow(Parameters.jobId(id), Caller.OVER_JMX);
	}

	@WriteOperation
	@ManagedOperation(description = "Has a waiting job wait until 'runAt', or for 'delay' from now on")
	public JobChangeDescriptor reschedule(@Nullable String id, @Nullable String runAt, @Nullable String delay) {
		return this.writes.reschedule(Parameters.jobId(id), Parameters.instant("runAt", runAt),
				Parameters.duration("delay", delay), Caller.OVER_JMX);
	}

	@WriteOperation
	@ManagedOperation(description = "Retries one page of dead jobs; a dry run unless 'dryRun' is false")
	public RetryAllDescriptor retryAll(@Nullable String queue, @Nullable String kind, @Nullable String label,
			@Nullable String createdFrom, @Nullable String createdBefore, @Nullable String finishedFrom,
			@Nullable String finishedBefore, @Nullable String size, @Nullable String after, @Nullable String dryRun) {
		return this.writes.retryAll(
				new FilterParameters(null, queue, kind, label, createdFrom, createdBefore, finishedFrom, finishedBefore)
					.toFilter(JobFilter.dead()),
				Parameters.page(size, after), Parameters.flag("dryRun", dryRun, true), Caller.OVER_JMX);
	}

}

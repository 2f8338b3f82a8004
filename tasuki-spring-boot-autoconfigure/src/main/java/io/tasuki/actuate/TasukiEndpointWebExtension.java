package io.tasuki.actuate;

import java.util.function.Supplier;

import io.tasuki.JobClient;
import io.tasuki.JobFilter;
import io.tasuki.JobId;
import io.tasuki.JobOperations;
import io.tasuki.QueueOperations;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * What operators see and change over HTTP: queues, jobs and workers of all instances, as
 * paths beneath the endpoint's own. All parameters are read as text, so that bad ones are
 * answered with status 400 and a sentence that helps; what is not there, with 404; a wish
 * that came to nothing because of the state of its job, with 409.
 */
@EndpointWebExtension(endpoint = TasukiEndpoint.class)
public class TasukiEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final EndpointReads reads;

	private final EndpointWrites writes;

	/**
	 * Creates an extension.
	 * @param client finds and cancels jobs
	 * @param jobs everything else about jobs
	 * @param queues pauses and resumes queues
	 * @param masker decides which values of jobs are shown
	 */
	public TasukiEndpointWebExtension(JobClient client, JobOperations jobs, QueueOperations queues, JobMasker masker) {
		this.reads = new EndpointReads(client, jobs, queues, masker);
		this.writes = new EndpointWrites(client, jobs, queues);
	}

	/**
	 * Lists {@code queues}, {@code workers}, or one page of {@code jobs} that a filter
	 * lets pass: live ones unless {@code state} says otherwise.
	 */
	@ReadOperation
	public WebEndpointResponse<OperationResponseBody> list(@Selector String section, @Nullable String state,
			@Nullable String queue, @Nullable String kind, @Nullable String label, @Nullable String createdFrom,
			@Nullable String createdBefore, @Nullable String finishedFrom, @Nullable String finishedBefore,
			@Nullable String size, @Nullable String after) {
		return answer(() -> switch (section) {
			case "queues" -> this.reads.listQueues();
			case "workers" -> this.reads.listWorkers();
			case "jobs" ->
				this.reads.listJobs(new FilterParameters(state, queue, kind, label, createdFrom, createdBefore,
						finishedFrom, finishedBefore)
					.toFilter(JobFilter.live()), Parameters.page(size, after));
			default -> throw nothingAt(section);
		});
	}

	/**
	 * Shows one job: {@code jobs/{id}}.
	 */
	@ReadOperation
	public WebEndpointResponse<OperationResponseBody> show(@Selector String section, @Selector String target) {
		return answer(() -> {
			if (!section.equals("jobs")) {
				throw nothingAt(section + "/" + target);
			}
			return this.reads.showJob(Parameters.jobId(target));
		});
	}

	/**
	 * Retries one page of dead jobs, or says which they would be: {@code jobs/retry-all}.
	 * A dry run unless {@code dryRun} is {@code false}: a parameter that is spelt wrong
	 * narrows nothing, and Actuator does not tell.
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> changeAll(SecurityContext security, @Selector String section,
			@Selector String action, @Nullable String queue, @Nullable String kind, @Nullable String label,
			@Nullable String createdFrom, @Nullable String createdBefore, @Nullable String finishedFrom,
			@Nullable String finishedBefore, @Nullable String size, @Nullable String after, @Nullable String dryRun) {
		return answer(() -> {
			String path = section + "/" + action;
			if (!path.equals("jobs/retry-all")) {
				throw nothingAt(path);
			}
			return this.writes.retryAll(
					new FilterParameters(null, queue, kind, label, createdFrom, createdBefore, finishedFrom,
							finishedBefore)
						.toFilter(JobFilter.dead()),
					Parameters.page(size, after), Parameters.flag("dryRun", dryRun, true), caller(security));
		});
	}

	/**
	 * Changes one queue or job: {@code queues/{name}/pause} and {@code resume},
	 * {@code jobs/{id}/retry}, {@code cancel}, {@code run-now} and {@code reschedule}.
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> change(SecurityContext security, @Selector String section,
			@Selector String target, @Selector String action, @Nullable String runAt, @Nullable String delay) {
		Caller caller = caller(security);
		return answer(() -> switch (section + "/" + action) {
			case "queues/pause" -> this.writes.pause(target, caller);
			case "queues/resume" -> this.writes.resume(target, caller);
			case "jobs/retry" -> this.writes.retry(id(target), caller);
			case "jobs/cancel" -> this.writes.cancel(id(target), caller);
			case "jobs/run-now" -> this.writes.runNow(id(target), caller);
			case "jobs/reschedule" -> this.writes.reschedule(id(target), Parameters.instant("runAt", runAt),
					Parameters.duration("delay", delay), caller);
			default -> throw nothingAt("%s/%s/%s".formatted(section, target, action));
		});
	}

	private static JobId id(String target) {
		return Parameters.jobId(target);
	}

	private static Caller caller(SecurityContext security) {
		return Caller.overHttp(security.getPrincipal());
	}

	private static NotThereException nothingAt(String path) {
		return new NotThereException(
				"""
						There is nothing at '%s'. Read queues, workers, jobs or jobs/{id}; write queues/{name}/pause or resume, \
						jobs/{id}/retry, cancel, run-now or reschedule, or jobs/retry-all"""
					.formatted(path));
	}

	private static WebEndpointResponse<OperationResponseBody> answer(Supplier<OperationResponseBody> operation) {
		try {
			OperationResponseBody body = operation.get();
			return new WebEndpointResponse<>(body, status(body));
		}
		catch (NotThereException ex) {
			return refusal(ex, WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (InvalidEndpointRequestException ex) {
			return refusal(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private static int status(OperationResponseBody body) {
		return (body instanceof JobChangeDescriptor change && !change.changed()) ? CONFLICT
				: WebEndpointResponse.STATUS_OK;
	}

	// Spring Boot leaves the message of an exception out of its answers by default.
	private static WebEndpointResponse<OperationResponseBody> refusal(InvalidEndpointRequestException refusal,
			int status) {
		return new WebEndpointResponse<>(new ErrorDescriptor(String.valueOf(refusal.getMessage())), status);
	}

}

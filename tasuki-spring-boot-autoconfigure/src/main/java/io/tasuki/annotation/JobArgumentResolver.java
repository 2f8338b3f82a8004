package io.tasuki.annotation;

import io.tasuki.JobContext;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Supplies arguments of {@link JobHandler @JobHandler} methods, such as the tenant that a
 * job is for or the locale of its user. Beans of this type are asked in their order, the
 * first that supports a parameter supplies it; what none supports is the payload.
 *
 * <p>
 * Of a method with a {@link JobHandler#batchSize()}, which takes lists, a resolver
 * supplies the elements: it is shown each parameter with the type of an element, and
 * asked once for each job.
 */
public interface JobArgumentResolver {

	/**
	 * Returns whether this resolver supplies a parameter. Asked once for each, when the
	 * application starts; not for a {@link JobContext} and a {@link io.tasuki.Job}.
	 * @param parameter tells its type, its annotations and its method
	 */
	boolean supports(MethodParameter parameter);

	/**
	 * Returns the argument for one attempt. Called by many threads at once, on the
	 * handler's thread and inside the transaction of a handler that completes its jobs in
	 * its own.
	 * @param parameter one that this resolver supports
	 * @param context the job, and what can be said about it
	 * @return a value of the parameter's type
	 * @throws Exception if the attempt failed, as if the handler had thrown it
	 */
	@Nullable Object resolve(MethodParameter parameter, JobContext context) throws Exception;

}

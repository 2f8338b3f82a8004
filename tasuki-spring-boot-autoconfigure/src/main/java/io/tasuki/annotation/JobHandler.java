package io.tasuki.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.tasuki.Backoff;
import io.tasuki.BatchResult;
import io.tasuki.Job;
import io.tasuki.JobClient;
import io.tasuki.JobContext;
import io.tasuki.JobKind;
import io.tasuki.JobRequest;
import io.tasuki.JobResult;
import io.tasuki.RateLimit;
import io.tasuki.RetentionMode;

/**
 * Makes a method of a bean the handler of one kind of jobs.
 *
 * <p>
 * The method takes, in any order, at most one payload, the {@link JobContext}, the
 * {@link Job} and what {@link JobArgumentResolver} beans supply. It returns nothing, or a
 * {@link JobResult} that is never {@code null}, or the result of the job if that is to be
 * kept. The bean may have any scope and is asked for at each job. May be used as a
 * meta-annotation.
 *
 * <p>
 * With a {@link #batchSize()} it takes, in any order, lists of all these instead, with
 * one element for each job of a batch, and may return a {@link BatchResult}.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface JobHandler {

	/**
	 * Kind of the jobs this method runs; may contain <code>${…}</code> placeholders.
	 * Empty to tell it from the payload parameter, as {@link JobKind @JobKind} describes;
	 * needed where there is no such parameter or where it has a plain type.
	 */
	String value() default "";

	/**
	 * Queue in which these jobs wait unless their request names another; may contain
	 * <code>${…}</code> placeholders. Empty for {@value JobRequest#DEFAULT_QUEUE}.
	 */
	String queue() default "";

	/**
	 * Most jobs of this method that run at once in one process; 0 for no limit of its
	 * own.
	 */
	int concurrency() default 0;

	/**
	 * Attempts before a job is dead whose request sets no limit; 0 to leave it to
	 * configuration.
	 */
	int maxAttempts() default 0;

	/**
	 * Name of the {@link Backoff} bean that says how long these jobs wait after a failed
	 * attempt; may contain <code>${…}</code> placeholders. Empty for what
	 * {@link RetryBackoff @RetryBackoff} on this method says, else configuration.
	 */
	String backoff() default "";

	/**
	 * Exceptions after which a job is not tried again: it is dead at once, with the
	 * error. Each counts for its subclasses too. Only what the method throws is looked
	 * at, never its cause. An attempt that its timeout, a cancel or a shutdown ended is
	 * no concern of theirs, and a payload that cannot be read is never tried again.
	 */
	Class<? extends Throwable>[] noRetryFor() default {};

	/**
	 * Exceptions to {@link #noRetryFor()}: after these a job is tried again all the same.
	 * Where several classes hold for what was thrown, the nearest of its superclasses
	 * wins. Each must be a subclass of one of the former, for anything else is tried
	 * again without being named.
	 */
	Class<? extends Throwable>[] retryFor() default {};

	/**
	 * Longest time an attempt may take, such as <code>30s</code>, <code>1h30m</code> or
	 * <code>PT2M</code>; may contain <code>${…}</code> placeholders. Then its thread is
	 * interrupted, and the attempt ends as failed unless the method returns all the same.
	 * Empty to leave it to configuration.
	 */
	String timeout() default "";

	/**
	 * Whether what the method returns is kept with the succeeded job, as JSON of 1 MiB at
	 * most, for those who wait for it with {@link JobClient#awaitResult}. The method may
	 * return any type then; with a {@link #batchSize()} it returns a list of such
	 * results, one for each job in their order. Needs the archive.
	 */
	boolean keepResult() default false;

	/**
	 * Most jobs of this method that start in a stretch of time in one process, such as
	 * <code>100/s</code>, <code>10/m</code> or <code>5/30s</code>; may contain
	 * <code>${…}</code> placeholders. Empty for no limit of its own.
	 * @see RateLimit
	 */
	String rateLimit() default "";

	/**
	 * Name of the bean of type {@link java.util.concurrent.Executor} that runs this
	 * method; may contain <code>${…}</code> placeholders. Empty for the executor of the
	 * job's queue, if configuration names one, else the worker's own. Each job takes one
	 * of the worker's slots all the same.
	 */
	String executor() default "";

	/**
	 * Most jobs that the method takes in one call, from 2 to 1 000; 0 to take them one by
	 * one. It gets those that are there, and never waits for more. A batch takes one
	 * slot.
	 */
	int batchSize() default 0;

	/**
	 * What is kept of these jobs once they have ended: one value, or none to leave it to
	 * the queue they waited in (<code>tasuki.queues.&lt;name&gt;.retention</code>).
	 */
	RetentionMode[] retention() default {};

	/**
	 * Former kinds of these jobs: those still waiting under such a name are run as well.
	 */
	String[] aliases() default {};

}

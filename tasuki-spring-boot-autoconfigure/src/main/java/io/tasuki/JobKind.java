package io.tasuki;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a payload class the kind of its jobs, and defaults for them that nobody who
 * enqueues has to know. Without it the kind is the simple name of the class. The kind is
 * stored with each job and chooses its handler, so it should stay the same when the class
 * is renamed or moved.
 *
 * <p>
 * On a sealed type it counts for the classes that this type permits and that have no
 * annotation of their own: they are payloads of one kind, for one handler.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobKind {

	/**
	 * Kind of the jobs that carry this payload, for example {@code mail.welcome}. Empty
	 * for the simple name of the class.
	 */
	String value() default "";

	/**
	 * Queue in which these jobs wait unless their request names another. A handler of
	 * these jobs need not name it again. Empty for the queue of this kind's handler where
	 * the process has one, else {@value JobRequest#DEFAULT_QUEUE}.
	 */
	String queue() default "";

	/**
	 * Priority of these jobs unless their request sets one, 0 first to 9 last.
	 */
	int priority() default JobRequest.DEFAULT_PRIORITY;

	/**
	 * Attempts before one of these jobs is dead, unless its request sets a limit; 0 to
	 * leave it to the handler and to configuration.
	 */
	int maxAttempts() default 0;

	/**
	 * Version of this payload's shape, at least 1. Raise it when the class changes so
	 * that stored payloads can no longer be read, and let a {@link PayloadUpcaster} bean
	 * bring those of the version before to this one.
	 */
	int version() default 1;

}

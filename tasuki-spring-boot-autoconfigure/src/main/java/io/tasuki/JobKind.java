package io.tasuki;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a payload class the kind of its jobs. Without it the kind is the simple name of
 * the class. The kind is stored with each job and chooses its handler, so it should stay
 * the same when the class is renamed or moved.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobKind {

	/**
	 * Kind of the jobs that carry this payload, for example {@code mail.welcome}.
	 */
	String value();

}

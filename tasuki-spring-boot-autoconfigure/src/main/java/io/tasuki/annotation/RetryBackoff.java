package io.tasuki.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.tasuki.Backoff;
import io.tasuki.BackoffType;

/**
 * Says how long the jobs of a {@link JobHandler @JobHandler} method wait after a failed
 * attempt, in place of what configuration says for their queue or for all. What this
 * annotation leaves out has the default written here, not the configured one. For other
 * ways to grow, name a {@link Backoff} bean: {@link JobHandler#backoff()}.
 *
 * <p>
 * Durations are written as <code>30s</code>, <code>1h30m</code> or <code>PT2M</code>, and
 * may contain <code>${…}</code> placeholders.
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface RetryBackoff {

	/**
	 * How the wait grows.
	 */
	BackoffType type() default BackoffType.EXPONENTIAL;

	/**
	 * Wait after the first failed attempt.
	 */
	String initialDelay() default "5s";

	/**
	 * What a linear backoff adds with each further failed attempt. Empty for the initial
	 * delay.
	 */
	String increment() default "";

	/**
	 * Factor by which an exponential backoff grows with each further failed attempt, at
	 * least 1.
	 */
	double multiplier() default 2;

	/**
	 * Power of the number of failed attempts with which a polynomial backoff grows.
	 */
	double exponent() default 2;

	/**
	 * Longest wait, before jitter. A constant backoff has none.
	 */
	String maxDelay() default "1h";

	/**
	 * Part of the wait, from 0 to 1, by which it is made longer or shorter at random.
	 */
	double jitter() default 0.2;

}

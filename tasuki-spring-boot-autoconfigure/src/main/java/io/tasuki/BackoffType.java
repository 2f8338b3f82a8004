package io.tasuki;

/**
 * How the wait grows from one failed attempt to the next.
 */
public enum BackoffType {

	/** Not at all: it is always the initial delay. */
	CONSTANT,

	/** By the same increment with each failed attempt. */
	LINEAR,

	/** By the same factor with each failed attempt. */
	EXPONENTIAL,

	/** With a power of the number of failed attempts. */
	POLYNOMIAL

}

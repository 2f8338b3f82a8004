package io.tasuki.lifecycle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method goes one arrow of {@code docs/lifecycle.md}, with a job in the state before
 * it.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Walk {

	/** The arrow, as the document has it. */
	String value();

}

package io.tasuki.faults;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;

/**
 * Marks tests in which something breaks: a process, a connection, a server, a handler.
 * {@code mvn verify -Dgroups=fault} runs them alone.
 */
@Documented
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Tag(FaultTest.TAG)
public @interface FaultTest {

	/** The tag of all fault tests. */
	String TAG = "fault";

}

/**
 * tasuki as a team would use it: a Spring Boot application with a handler method, its
 * metrics in a registry as Actuator brings one, and nothing configured but the database.
 * The profile {@code tuned} changes what {@code comparison-tuned.yml} says.
 *
 * <p>
 * A workload may configure more by system properties: of Spring Boot, and
 * {@code comparison.handler-time}, for which a handler then waits.
 *
 * <p>
 * An application that was not yet told to work is a node that only enqueues.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.contestant.tasuki;

import org.jspecify.annotations.NullMarked;

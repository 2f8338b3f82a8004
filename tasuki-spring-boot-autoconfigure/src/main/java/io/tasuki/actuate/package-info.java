/**
 * What an operator sees through Spring Boot's Actuator.
 *
 * <p>
 * The status of health is decided by what the worker already knows, for which no
 * statement is sent: a check that waits for a connection would time out exactly when its
 * answer matters. What the database has to tell is looked up by another thread
 * ({@link io.tasuki.actuate.DatabaseWatch}), at most every ten seconds, and left out when
 * that takes longer than half a second. A worker that runs but does not listen or
 * archive, or has stuck slots or late queues, or whose database somebody keeps from being
 * vacuumed, is up, with the problem and its remedy among the details; jobs still run, and
 * taking the instance out of service would make nothing better.
 *
 * <p>
 * Each row of health is an {@link io.tasuki.actuate.Check}: what is known goes in,
 * problems come out, so a row is added by a class and an entry in the indicator's list.
 * The endpoint does ask the database, for what waits without a handler: whoever looks
 * there has the time, and learns as much where it does not answer. May import
 * {@code io.tasuki}, {@code io.tasuki.store}, {@code io.tasuki.worker} and Spring Boot's
 * actuator and health.
 */
@NullMarked
package io.tasuki.actuate;

import org.jspecify.annotations.NullMarked;

/**
 * What an operator sees through Spring Boot's Actuator.
 *
 * <p>
 * Health decides by what the worker already knows, for which no statement is sent: a
 * check that waits for a connection would time out exactly when its answer matters. What
 * the database says of itself is looked up by another thread, at most every ten seconds,
 * and left out when that takes longer than half a second. A worker that runs but does not
 * listen or archive, or has stuck slots, or whose database somebody keeps from being
 * vacuumed, is up, with the fact among its details; jobs still run, and taking the
 * instance out of service would make nothing better. The endpoint does ask the database,
 * for what waits without a handler: whoever looks there has the time, and learns as much
 * where it does not answer. May import {@code io.tasuki}, {@code io.tasuki.store},
 * {@code io.tasuki.worker} and Spring Boot's actuator and health.
 */
@NullMarked
package io.tasuki.actuate;

import org.jspecify.annotations.NullMarked;

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
 * there has the time, and learns as much where it does not answer.
 *
 * <p>
 * What the endpoint shows and changes over all instances stands once, in
 * {@code EndpointReads} and {@code EndpointWrites}; the extensions only give it the shape
 * that HTTP and JMX want: paths there, where a name after the endpoint's is a variable
 * and nothing else, and an operation for each thing here, since variable paths would come
 * out as operations that nobody can name. Records are the contract of the JSON, apart
 * from the values of the API: the API may grow without the JSON. Parameters are read as
 * text, so that the sentence that refuses one is ours. Reads never change anything and
 * look at a bounded number of jobs; bulk writes are dry runs unless told otherwise, for
 * Actuator silently drops a filter that is spelt wrong. Values of the application are
 * masked by default, names that operators filter by are not. May import
 * {@code io.tasuki}, {@code io.tasuki.store}, {@code io.tasuki.worker}, SLF4J, Spring
 * Boot's actuator and health, Spring's reading of durations and its JMX annotations.
 */
@NullMarked
package io.tasuki.actuate;

import org.jspecify.annotations.NullMarked;

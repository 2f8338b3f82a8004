/**
 * Traces: {@link io.tasuki.observation.TasukiObservation} is the list of observations,
 * {@link io.tasuki.observation.EnqueueObservations} observes calls that enqueue and
 * {@link io.tasuki.observation.AttemptObservations} calls of handlers;
 * {@link io.tasuki.observation.CarriedMdc} takes entries of the MDC along.
 *
 * <p>
 * They are interceptors, so nobody else knows of them and, where none is configured,
 * nothing is asked. What a job carries of its trace, whatever fields the application's
 * tracer writes, stands in its metadata under {@code tasuki.trace.}, entries of the MDC
 * under {@code tasuki.mdc.}. It stays there for all attempts, so a retry belongs to the
 * trace of the first, and whoever enqueues with SQL may write it too. It is bounded, and
 * what does not fit stays behind: no enqueue fails for it.
 *
 * <p>
 * An attempt continues the trace, as a child of the enqueue, or begins one with a link to
 * it ({@link io.tasuki.observation.TraceMode}): a day-long tree of jobs is no trace that
 * a backend can show. A job that carries none begins one too, whatever a handler before
 * it has left on the thread. A continued trace is read by the tracer's own handlers. They
 * know nothing of links, so for those {@link io.tasuki.observation.LinkingTraceHandler}
 * stands before them, and {@link io.tasuki.observation.ProducerTrace} reads the formats
 * that Spring Boot can be told to use. Rejected: to let the tracer read them into a span
 * that is thrown away, which samplers would count.
 *
 * <p>
 * One call of the client is one observation, however many jobs it enqueues, and one call
 * of a handler that takes batches is one too: it is one piece of work with one duration
 * on one thread, a child of several spans does not exist, and a span per job would cost
 * what batches save. If all its jobs come from one enqueue it continues that trace;
 * otherwise it begins one, with links to all of them. Its outcome is that of the handler:
 * what the worker makes of a failure is known later, and in other places, so an attempt
 * that ends by an exception is {@code failed} and not retried or dead.
 *
 * <p>
 * Without a tracer the meters of {@code io.tasuki.metrics} say all that these would, for
 * less, so they wait for a tracer unless asked for by property. Whatever goes wrong with
 * an observation stays its own ({@link io.tasuki.observation.Observed}). May import
 * {@code io.tasuki}, {@code io.tasuki.client}, Micrometer and SLF4J.
 */
@NullMarked
package io.tasuki.observation;

import org.jspecify.annotations.NullMarked;

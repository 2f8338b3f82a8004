/**
 * Meters of a worker: {@link io.tasuki.metrics.TasukiMeter} is the list of them,
 * {@link io.tasuki.metrics.WorkerMetrics} moves those of jobs, and
 * {@link io.tasuki.metrics.SlotMetrics} and {@link io.tasuki.metrics.QueueMetrics} show
 * the state of slots and queues.
 *
 * <p>
 * Metrics listen; the worker knows nothing of them. Tags are bounded by what is
 * configured: a worker claims only kinds that have a handler and only queues that it
 * knows by name, so what producers make up cannot grow the number of meters. Kinds that
 * nobody knows are the exception: a few get gauges of their own, the rest share one. What
 * a gauge needs from the database is fetched by a thread of its own, for whoever reads
 * meters must not wait for a database that may be away. Rejected: tags for a job's id,
 * attempt or error, and a look-up in the registry for each job. Times are measured by
 * this machine's monotonic clock, and only where a handler was called. May import
 * {@code io.tasuki}, {@code io.tasuki.store}, {@code io.tasuki.worker} and Micrometer.
 */
@NullMarked
package io.tasuki.metrics;

import org.jspecify.annotations.NullMarked;

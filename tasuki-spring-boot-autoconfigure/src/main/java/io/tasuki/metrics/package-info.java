/**
 * Meters of a worker: {@link io.tasuki.metrics.TasukiMeter} is the list of them,
 * {@link io.tasuki.metrics.WorkerMetrics} moves those of jobs, and
 * {@link io.tasuki.metrics.SlotMetrics} asks for the state of slots.
 *
 * <p>
 * Metrics listen; the worker knows nothing of them. Tags are bounded by what is
 * configured: a worker claims only kinds that have a handler and only queues that it
 * knows by name, so what producers make up cannot grow the number of meters. Rejected:
 * tags for a job's id, attempt or error, and a look-up in the registry for each job.
 * Times are measured by this machine's monotonic clock, and only where a handler was
 * called. May import {@code io.tasuki}, {@code io.tasuki.store}, {@code io.tasuki.worker}
 * and Micrometer.
 */
@NullMarked
package io.tasuki.metrics;

import org.jspecify.annotations.NullMarked;

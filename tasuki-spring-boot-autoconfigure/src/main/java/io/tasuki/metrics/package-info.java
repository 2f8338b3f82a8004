/**
 * Meters: {@link io.tasuki.metrics.TasukiMeter} is the list of them.
 * {@link io.tasuki.metrics.EnqueueMetrics} counts what is enqueued,
 * {@link io.tasuki.metrics.WorkerMetrics} counts and times what a worker does, and
 * {@link io.tasuki.metrics.SlotMetrics}, {@link io.tasuki.metrics.QueueMetrics},
 * {@link io.tasuki.metrics.UnknownKindMetrics} and
 * {@link io.tasuki.metrics.DatabaseMetrics} show the state of slots, queues and database.
 *
 * <p>
 * Metrics listen and intercept; client and worker know nothing of them. Tags are bounded:
 * a worker claims only kinds that have a handler and only queues that it knows by name,
 * so what producers make up cannot grow the number of its meters. Producers name kinds
 * and queues as they like, so beyond a thousand pairs they share a counter. Of kinds that
 * nobody knows a few get gauges of their own, the rest share one. Rejected: tags for a
 * job's id, attempt or error; an outcome for waits, which are over before there is one.
 *
 * <p>
 * What a job costs: about 0.3 µs, for two timers and a counter, and no garbage; where it
 * is enqueued with others, 0.03 µs more. Hence meters are kept by kind, queue and outcome
 * and found by look-ups in maps, for a registry builds a meter's identity anew at each
 * look-up; and jobs that are enqueued together are counted together.
 *
 * <p>
 * What a gauge needs from the database is fetched by a thread of its own, for whoever
 * reads meters must not wait for a database that may be away; neither often nor, if the
 * database is slow, for long. Depths are counted up to a limit rather than estimated from
 * statistics, which know nothing of a queue's states and lag behind by minutes.
 *
 * <p>
 * Run times are measured by this machine's monotonic clock, and only where a handler was
 * called; waits by the database's clock, as far as the worker knows it. May import
 * {@code io.tasuki}, {@code io.tasuki.store}, {@code io.tasuki.client},
 * {@code io.tasuki.worker}, Micrometer and SLF4J.
 */
@NullMarked
package io.tasuki.metrics;

import org.jspecify.annotations.NullMarked;

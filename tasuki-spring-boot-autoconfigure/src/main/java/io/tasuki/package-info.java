/**
 * What applications import: {@link io.tasuki.JobClient} to enqueue,
 * {@link io.tasuki.Handler} and {@link io.tasuki.JobContext} to run, and the values both
 * speak in.
 *
 * <p>
 * A <em>job</em> is one unit of work, stored in PostgreSQL. Its <em>kind</em> is a stable
 * name that selects a handler; it is never a class name to load and never a bean and a
 * method, so code can be moved and renamed while jobs wait. Its <em>payload</em> is JSON.
 *
 * <p>
 * This package knows nothing of Spring, of SQL or of JSON libraries, and imports no other
 * package of ours, so that everything else may import it. Times that the database decides
 * (whether a job is due, when a lease ends) never appear here as an {@code Instant} read
 * from this machine's clock: delays are {@code Duration}s and cross as intervals; only an
 * instant that the user named crosses as an instant.
 */
@NullMarked
package io.tasuki;

import org.jspecify.annotations.NullMarked;

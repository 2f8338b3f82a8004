/**
 * The PostgreSQL that all contestants share, and what it has used.
 *
 * <p>
 * It is as durable as in production: {@code fsync} and {@code synchronous_commit} are on,
 * and so are full page writes. A checkpoint precedes each measurement, so that it pays
 * for its own pages and for nobody else's.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.server;

import org.jspecify.annotations.NullMarked;

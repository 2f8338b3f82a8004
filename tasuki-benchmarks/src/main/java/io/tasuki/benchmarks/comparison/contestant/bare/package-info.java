/**
 * The bare limit: what the database does when nothing but tasuki's own statements run, in
 * a plain JDBC loop on connections set up as a worker's are. One thread claims 500 jobs
 * at a time behind a cursor, one records whatever was claimed since it last did, and a
 * queue lies between them. No slots, handlers, leases to renew, wake-ups or failures.
 *
 * <p>
 * Jobs are stored by the least that makes the same row: a prepared INSERT of the four
 * columns that an application decides, one row each or from {@code unnest} of the
 * payloads, with auto-commit on connections of a Hikari pool with its default settings.
 * Nothing is asked back.
 */
@NullMarked
package io.tasuki.benchmarks.comparison.contestant.bare;

import org.jspecify.annotations.NullMarked;

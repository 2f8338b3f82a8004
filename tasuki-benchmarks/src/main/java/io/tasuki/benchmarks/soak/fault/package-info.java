/**
 * What goes wrong during the soak: one class each, dealt from a shuffled deck so that
 * every kind comes up as often as it should, however short the soak. Faults overlap, but
 * no more than one befalls a worker at a time and one worker is always left in peace.
 *
 * <p>
 * Whom a fault takes jobs from is stopped first, and the rows that carry its owners are
 * read while it stands still: that number is exact. A server that crashes may forget
 * claims that were committed a moment before, so there the jobs count that anybody had
 * leased or claimed just before.
 */
@NullMarked
package io.tasuki.benchmarks.soak.fault;

import org.jspecify.annotations.NullMarked;

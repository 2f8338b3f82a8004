/**
 * What an operator may rely on: whole workers against a real PostgreSQL, one situation
 * per test. Rows are put in by SQL where the way they came in does not matter, and what
 * the database holds afterwards is checked there, not believed from a listener.
 *
 * <p>
 * {@link io.tasuki.lifecycle.LifecycleFixture} is the database, the workers that share it
 * and the {@link io.tasuki.lifecycle.Ledger} of everything they ran. Wake-ups of other
 * instances never arrive unless a test delivers them, so nothing here is found by luck.
 *
 * <p>
 * {@code docs/lifecycle.md} is a specification: its arrows are walked and its table of
 * charges is brought about, row by row.
 */
@NullMarked
package io.tasuki.lifecycle;

import org.jspecify.annotations.NullMarked;

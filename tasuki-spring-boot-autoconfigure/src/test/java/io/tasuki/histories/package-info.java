/**
 * Random histories: whatever happens to a queue, in whatever order, the store does what a
 * small model says.
 *
 * <p>
 * A history is a list of {@link io.tasuki.histories.Step steps}: jobs are enqueued,
 * several owners claim, complete, renew and lose their connections, leases run out, hours
 * pass. Each step is done to the store and to the {@link io.tasuki.histories.Model}, and
 * their answers are compared; at the end so are the tables. The
 * {@link io.tasuki.histories.Generator} draws the steps from a seed, looking at the model
 * so that they meet something. A history that fails is shortened and printed with its
 * seed; {@code -Dtasuki.histories=1 -Dtasuki.histories.seed=…} plays it again, and
 * {@code -Dtasuki.histories=100000} plays for longer.
 *
 * <p>
 * The database's clock decides what is due and what ran out, and histories do not wait
 * for it: every moment lies near a whole hour from the history's start, and time passes
 * by moving the rows. Half an hour is the tolerance of every comparison of moments, so
 * the real clock cannot interfere. Everything is done by one thread;
 * {@link io.tasuki.histories.RivalsIntegrationTests} lets many act at once and looks at
 * what must hold whatever the order.
 *
 * <p>
 * A step that can be asked of the store is a record that implements {@code Step}; its
 * rule is a method of {@link io.tasuki.histories.ModelJob}, and the generator must draw
 * it.
 */
@NullMarked
package io.tasuki.histories;

import org.jspecify.annotations.NullMarked;

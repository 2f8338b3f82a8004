/**
 * The soak: minutes of mixed load on several worker processes, with a fault every few
 * seconds, and a verdict on what the handlers were seen to do. {@code docs/soak.md} says
 * how to run it and how to read it.
 *
 * <p>
 * {@code load} says what is enqueued and is known to all; {@code ledger} keeps the books
 * and judges them; {@code worker} is the application under the soak; {@code process} runs
 * it; {@code fault} disturbs it; here the parts are put together.
 */
@NullMarked
package io.tasuki.benchmarks.soak;

import org.jspecify.annotations.NullMarked;

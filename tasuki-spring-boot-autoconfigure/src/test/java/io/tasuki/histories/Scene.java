package io.tasuki.histories;

/**
 * What a history plays in.
 *
 * @param queue the queue itself
 * @param model what it ought to do
 * @param tally counts what happened, so that generators cannot go blind
 */
record Scene(TestedQueue queue, Model model, Tally tally) {

}

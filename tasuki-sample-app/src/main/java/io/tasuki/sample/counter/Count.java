package io.tasuki.sample.counter;

/**
 * Payload of a job of the counter.
 *
 * @param number which job this is
 */
record Count(long number) {

}

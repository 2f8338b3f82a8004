package io.tasuki.sample.drain;

/**
 * Payload of a job that does nothing.
 *
 * @param number which job this is
 * @param text gives the payload an ordinary size
 */
record NoOp(int number, String text) {

}

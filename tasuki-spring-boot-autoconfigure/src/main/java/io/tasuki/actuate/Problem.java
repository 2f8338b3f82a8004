package io.tasuki.actuate;

/**
 * Something that is wrong.
 *
 * @param text says what
 * @param remedy says what to do about it
 */
record Problem(String text, String remedy) {

}

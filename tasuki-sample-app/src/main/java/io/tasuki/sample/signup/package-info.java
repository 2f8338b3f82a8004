/**
 * The code that the README shows: enqueueing inside a transaction, and handling. What
 * stands between the tags is quoted there word for word, which a test compares.
 */
@NullMarked
package io.tasuki.sample.signup;

import org.jspecify.annotations.NullMarked;

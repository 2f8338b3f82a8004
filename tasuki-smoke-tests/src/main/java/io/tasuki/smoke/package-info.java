/**
 * A shop as somebody outside this project would write it: the starter is its only
 * dependency. Its tests use the packaged jars, so they notice what the tests beside the
 * code cannot, such as a file that is missing from a jar, or a library that only tests
 * have on their class path.
 */
@NullMarked
package io.tasuki.smoke;

import org.jspecify.annotations.NullMarked;

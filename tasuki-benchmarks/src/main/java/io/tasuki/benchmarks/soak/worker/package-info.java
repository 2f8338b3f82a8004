/**
 * The application that runs under the soak: Spring Boot, the starter, and beans with
 * handlers. It differs from anybody's application in three things only: it writes down
 * what its handlers do, it writes down the owners under which its worker claims, and it
 * obeys a few words on its standard input, whose end is its own.
 */
@NullMarked
package io.tasuki.benchmarks.soak.worker;

import org.jspecify.annotations.NullMarked;

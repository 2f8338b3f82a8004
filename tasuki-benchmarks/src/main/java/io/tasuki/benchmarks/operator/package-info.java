/**
 * Times what an operator asks an application for while its queue holds a million jobs and
 * its archive five million: a scrape, the health, pages of the endpoint.
 */
@NullMarked
package io.tasuki.benchmarks.operator;

import org.jspecify.annotations.NullMarked;

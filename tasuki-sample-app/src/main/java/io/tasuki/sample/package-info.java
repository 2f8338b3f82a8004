/**
 * A small photo service, to see the library at work and to copy from: a picture comes in
 * over HTTP, is stored together with a job in one transaction, and its thumbnails appear
 * when the job has run.
 *
 * <p>
 * Each sub-package stands for itself: {@code photo} is the service, {@code signup} the
 * code that the README shows, {@code counter} a stream of jobs to watch, {@code database}
 * the PostgreSQL for those who configure none.
 */
@NullMarked
package io.tasuki.sample;

import org.jspecify.annotations.NullMarked;

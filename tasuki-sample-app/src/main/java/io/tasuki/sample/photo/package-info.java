/**
 * The photo service. A photo and the job that makes its thumbnails are stored in one
 * transaction, so that neither exists without the other.
 *
 * <p>
 * The job may run twice, as any job may: it replaces thumbnails that are already there.
 * What it cannot do at all, such as reading a picture that is none, it fails for good;
 * what may work later, such as a database that is away, it lets fail with an exception
 * and is run again.
 *
 * <p>
 * The job enqueues another one, which says that the photo can be seen. The log shows that
 * the request and both jobs are one trace.
 */
@NullMarked
package io.tasuki.sample.photo;

import org.jspecify.annotations.NullMarked;

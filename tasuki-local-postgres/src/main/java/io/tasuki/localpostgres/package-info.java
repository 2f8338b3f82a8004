/**
 * A real PostgreSQL on a machine where none is installed: for the tests, and for a first
 * look at the sample. Not for production and never published.
 *
 * <p>
 * The binaries come from the class path, but they are started here rather than by the
 * library that packs them, because that library starts a server without {@code fsync} and
 * with a superuser who needs no password, ends it in a JVM shutdown hook that races
 * Spring's, and takes a folder that another process is using. A server started here
 * promises what production promises: {@code fsync} and {@code synchronous_commit} are on,
 * it listens on the loopback address only, and it asks for a password.
 *
 * <p>
 * The server is no child of this process and outlives it when it is killed, with all its
 * data; the next start on the same folder ends that orphan first. A lock file tells an
 * orphan from the server of another running application.
 */
@NullMarked
package io.tasuki.localpostgres;

import org.jspecify.annotations.NullMarked;

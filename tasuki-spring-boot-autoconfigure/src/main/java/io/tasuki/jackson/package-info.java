/**
 * Payloads as JSON, by Jackson 3 and by the application's own mapper settings.
 *
 * <p>
 * What to read a payload as is decided by the handler. Default typing, by which a text
 * names the class to load, is taken out of the application's mapper: whoever can write to
 * the table could otherwise choose what runs, and a renamed class would strand its jobs.
 * Where annotations ask for class names, {@code NoClassNames} refuses the payload, both
 * ways, so that who enqueues it hears of it first. A payload class that is polymorphic by
 * annotation, with names of its own choosing, works as everywhere.
 *
 * <p>
 * JSON null is refused both ways: a kind without a payload is enqueued without one.
 * Messages name the type and the place in it, and leave out the surrounding text, which
 * may be private. May import {@code io.tasuki} and Jackson.
 */
@NullMarked
package io.tasuki.jackson;

import org.jspecify.annotations.NullMarked;

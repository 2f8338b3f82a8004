/**
 * The code of the pages in {@code docs/}, run on a real PostgreSQL. What stands between
 * two tags is quoted there word for word, which {@link io.tasuki.tour.TourPagesTests}
 * checks.
 */
@NullMarked
package io.tasuki.tour;

import org.jspecify.annotations.NullMarked;

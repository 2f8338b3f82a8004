/**
 * The database of those who configure none: a PostgreSQL of the sample's own, whose data
 * are kept in a folder between runs. With {@code spring.datasource.url} this package does
 * nothing.
 */
@NullMarked
package io.tasuki.sample.database;

import org.jspecify.annotations.NullMarked;

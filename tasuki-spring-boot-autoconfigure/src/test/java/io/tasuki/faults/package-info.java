/**
 * What fault tests have in common wherever they stand: the tag that selects them, the
 * numbers of the situations they show, and the line that counts both after a run.
 */
@NullMarked
package io.tasuki.faults;

import org.jspecify.annotations.NullMarked;

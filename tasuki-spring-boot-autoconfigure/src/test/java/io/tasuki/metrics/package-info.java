@NullMarked
package io.tasuki.metrics;

import org.jspecify.annotations.NullMarked;

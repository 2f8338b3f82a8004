@NullMarked
package io.tasuki.observation;

import org.jspecify.annotations.NullMarked;

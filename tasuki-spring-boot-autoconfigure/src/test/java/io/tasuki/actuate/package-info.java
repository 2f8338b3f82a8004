@NullMarked
package io.tasuki.actuate;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.tasuki.annotation;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.tasuki.jackson;

import org.jspecify.annotations.NullMarked;
